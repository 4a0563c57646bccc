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
 * Counts what goes through DynamoDB clients by the service's rules, in requests, units and bytes,
 * whatever an emulator says of it. Put it on a client by {@code overrideConfiguration(c ->
 * c.addExecutionInterceptor(meter))}; what the code under test gets back stays the same.
 *
 * <p>A request without an answer, or with a failure that is not of a condition, is counted as a
 * request that cost no units. The indexes are the table's own. Where the item before a write is not
 * in the answer (an update, a batch, a transaction), it is read first: right as long as nobody else
 * writes that item meanwhile. PartiQL is refused.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">DynamoDB
 *     read and write operations</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item
 *     sizes and formats</a>
 */
public final class CostMeter implements ExecutionInterceptor {

  private static final ExecutionAttribute<SdkRequest> ASKED =
      new ExecutionAttribute<>("streamkeep.asked");
  private static final ExecutionAttribute<WriteCost> WRITES =
      new ExecutionAttribute<>("streamkeep.writes");

  private final TableSchemas tables;
  private final ConcurrentMap<String, Cost> costs = new ConcurrentHashMap<>();

  /**
   * Starts at nothing.
   *
   * @param other a client of the same tables, without a meter, for what is read only to count
   */
  public CostMeter(DynamoDbClient other) {
    this.tables = new TableSchemas(other);
  }

  /** All so far. */
  public Cost cost() {
    return Cost.sum(costs.values());
  }

  /** All of one operation so far, such as {@code PutItem}. */
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
    attributes.putAttribute(ASKED, request);
    attributes.putAttribute(WRITES, WriteCost.of(tables, request));
  }

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    return OldItem.ask(context.request());
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
    return OldItem.hide(attributes.getAttribute(ASKED), context.response());
  }

  @Override
  public Throwable modifyException(
      Context.FailedExecution context, ExecutionAttributes attributes) {
    Throwable failure = context.exception();
    add(attributes, attributes.getAttribute(WRITES).failed(failure));
    return OldItem.hide(attributes.getAttribute(ASKED), failure);
  }

  private void add(ExecutionAttributes attributes, Cost cost) {
    String operation = attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    costs.merge(operation, cost, Cost::plus);
  }
}
