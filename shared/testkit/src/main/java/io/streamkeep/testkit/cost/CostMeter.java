package io.streamkeep.testkit.cost;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteStatementRequest;
import software.amazon.awssdk.services.dynamodb.model.ExecuteTransactionRequest;

/**
 * Measures the cost of DynamoDB clients' requests by the service's rules, in requests, units and
 * bytes, independently of an emulator's figures. Add it to a client with {@code
 * overrideConfiguration(c -> c.addExecutionInterceptor(meter))}; the responses stay the same.
 *
 * <p>A request without a response, or with a failure other than of a condition, counts as a request
 * that costs no units. Indexes are read from the table's description. If the response does not have
 * the item before a write (update, batch, transaction), the meter reads it first, which is exact
 * only while nobody else writes that item. PartiQL is rejected.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">DynamoDB
 *     read and write operations</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item
 *     sizes and formats</a>
 */
public final class CostMeter implements ExecutionInterceptor {

  private static final ExecutionAttribute<SdkRequest> REQUEST =
      new ExecutionAttribute<>("streamkeep.request");
  private static final ExecutionAttribute<WriteCost> WRITES =
      new ExecutionAttribute<>("streamkeep.writes");

  private final TableSchemas tables;
  private final ConcurrentMap<String, Cost> costs = new ConcurrentHashMap<>();

  /**
   * Starts at zero.
   *
   * @param other a client of the same tables, without a meter, for the meter's own reads
   */
  public CostMeter(DynamoDbClient other) {
    this.tables = new TableSchemas(other);
  }

  /** The cost of all requests so far. */
  public Cost cost() {
    return Cost.sum(costs.values());
  }

  /** The cost so far of one operation, such as {@code PutItem}. */
  public Cost cost(String operation) {
    return costs.getOrDefault(operation, Cost.NOTHING);
  }

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    SdkRequest request = context.request();
    if (request instanceof ExecuteStatementRequest
        || request instanceof BatchExecuteStatementRequest
        || request instanceof ExecuteTransactionRequest) {
      throw new UnsupportedOperationException("PartiQL is not metered");
    }
    attributes.putAttribute(REQUEST, request);
    attributes.putAttribute(WRITES, WriteCost.of(tables, request));
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return OldItem.request(context.request());
  }

  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    add(attributes, Cost.REQUEST);
  }

  @Override
  public void afterUnmarshalling(
      Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
    add(attributes, attributes.getAttribute(WRITES).done(context.response()));
    add(attributes, new ReadCost(tables).of(context.request(), context.response()));
  }

  @Override
  public SdkResponse modifyResponse(
      Context.ModifyResponse context, ExecutionAttributes attributes) {
    return OldItem.hide(attributes.getAttribute(REQUEST), context.response());
  }

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable failure = context.exception();
    add(attributes, attributes.getAttribute(WRITES).failed(failure));
    return OldItem.hide(attributes.getAttribute(REQUEST), failure);
  }

  private void add(ExecutionAttributes attributes, Cost cost) {
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    costs.merge(operation, cost, Cost::plus);
  }
}
