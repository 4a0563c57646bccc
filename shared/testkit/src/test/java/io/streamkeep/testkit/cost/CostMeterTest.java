package io.streamkeep.testkit.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.testkit.cost.StubHttp.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** The meter sees the SDK's own requests, and callers do not notice the meter. */
final class CostMeterTest {

  private static final Answer DONE = new Answer(200, "{}");
  private static final Answer BUSY = Answer.error(500, "InternalServerError", "");
  private static final Answer THROTTLED =
      Answer.error(400, "ProvisionedThroughputExceededException", "");
  private static final Answer REPLACED =
      new Answer(200, "{\"Attributes\": {\"id\": {\"S\": \"%s\"}}}".formatted("x".repeat(1200)));
  private static final Answer REFUSED =
      Answer.error(
          400,
          "ConditionalCheckFailedException",
          ", \"Item\": {\"id\": {\"S\": \"%s\"}}".formatted("x".repeat(1200)));

  private static final KeySchemaElement KEY =
      KeySchemaElement.builder().attributeName("id").keyType(KeyType.HASH).build();

  /** Has a table with the key {@code id}. */
  private static final DynamoDbClient OTHER =
      new DynamoDbClient() {
        @Override
        public DescribeTableResponse describeTable(DescribeTableRequest request) {
          return DescribeTableResponse.builder().table(t -> t.keySchema(KEY)).build();
        }

        @Override
        public GetItemResponse getItem(GetItemRequest request) {
          return GetItemResponse.builder().build();
        }

        @Override
        public String serviceName() {
          return SERVICE_NAME;
        }

        @Override
        public void close() {}
      };

  private final CostMeter meter = new CostMeter(OTHER);

  private DynamoDbClient client(Answer... answers) {
    return DynamoDbClient.builder()
        .httpClient(new StubHttp(answers))
        .region(Region.US_EAST_1)
        .credentialsProvider(AnonymousCredentialsProvider.create())
        .overrideConfiguration(
            c ->
                c.addExecutionInterceptor(meter)
                    .retryStrategy(
                        retries -> retries.maxAttempts(3).backoffStrategy(attempts -> NO_TIME)))
        .build();
  }

  private static final Duration NO_TIME = Duration.ZERO;

  private static Map<String, AttributeValue> item(int bytes) {
    return Map.of("id", fromS("x".repeat(bytes - 2)));
  }

  private PutItemResponse put(DynamoDbClient client, int bytes) {
    return client.putItem(put -> put.tableName("t").item(item(bytes)));
  }

  @Test
  void everyAttemptOfTheSdkIsARequestAndOnlyTheLastCosts() {
    put(client(BUSY, BUSY, DONE), 1500);

    assertThat(meter.cost()).isEqualTo(new Cost(3, 2, 0, 1500, 0));
    assertThat(meter.cost("PutItem")).isEqualTo(meter.cost());
    assertThat(meter.cost("Query")).isEqualTo(Cost.NOTHING);
  }

  @Test
  void requestWithoutAResponseCostsNoUnits() {
    DynamoDbClient client = client(Answer.BROKEN, Answer.BROKEN, Answer.BROKEN);

    assertThatThrownBy(() -> put(client, 100)).isInstanceOf(SdkClientException.class);
    assertThat(meter.cost()).isEqualTo(new Cost(3, 0, 0, 0, 0));
  }

  @Test
  void throttledRequestCostsNoUnits() {
    DynamoDbClient client = client(THROTTLED, THROTTLED, THROTTLED);

    assertThatThrownBy(() -> put(client, 100))
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    assertThat(meter.cost()).isEqualTo(new Cost(3, 0, 0, 0, 0));
  }

  @Test
  void replacedItemIsPaidForAndNotReturned() {
    PutItemResponse response = put(client(REPLACED), 100);

    assertThat(meter.cost()).isEqualTo(new Cost(1, 2, 0, 100, 0));
    assertThat(response.hasAttributes()).isFalse();
  }

  @Test
  void replacedItemIsReturned_whenTheCallerRequestedIt() {
    PutItemResponse response =
        client(REPLACED)
            .putItem(put -> put.tableName("t").item(item(100)).returnValues(ReturnValue.ALL_OLD));

    assertThat(response.attributes()).isEqualTo(item(1202));
  }

  @Test
  void itemThatFailsAConditionIsPaidForAndNotReturned() {
    DynamoDbClient client = client(REFUSED);

    ConditionalCheckFailedException failure =
        catchThrowableOfType(ConditionalCheckFailedException.class, () -> put(client, 100));

    assertThat(meter.cost()).isEqualTo(new Cost(1, 2, 0, 0, 0));
    assertThat(failure.hasItem()).isFalse();
  }

  @Test
  void itemThatFailsAConditionIsReturned_whenTheCallerRequestedIt() {
    DynamoDbClient client = client(REFUSED);

    ConditionalCheckFailedException failure =
        catchThrowableOfType(
            ConditionalCheckFailedException.class,
            () ->
                client.putItem(
                    put ->
                        put.tableName("t")
                            .item(item(3000))
                            .returnValuesOnConditionCheckFailure(
                                ReturnValuesOnConditionCheckFailure.ALL_OLD)));

    assertThat(failure.item()).isEqualTo(item(1202));
    assertThat(meter.cost().writeUnits()).as("of the larger").isEqualTo(3);
  }

  @Test
  void unprocessedItemsOfABatchCostNothing() {
    Answer half =
        new Answer(
            200,
            """
            {"UnprocessedItems": {"t": [{"PutRequest": {"Item": {"id": {"S": "%s"}}}}]}}\
            """
                .formatted("x".repeat(2998)));
    List<WriteRequest> both =
        List.of(
            WriteRequest.builder().putRequest(p -> p.item(item(100))).build(),
            WriteRequest.builder().putRequest(p -> p.item(item(3000))).build());

    client(half).batchWriteItem(b -> b.requestItems(Map.of("t", both)));

    assertThat(meter.cost()).isEqualTo(new Cost(1, 1, 0, 100, 0));
  }

  @Test
  void costsAreAddedAndSubtracted() {
    put(client(DONE), 1500);
    Cost before = meter.cost();
    put(client(DONE), 100);

    assertThat(meter.cost().minus(before)).isEqualTo(new Cost(1, 1, 0, 100, 0));
    assertThat(meter.cost()).isEqualTo(new Cost(2, 3, 0, 1600, 0));
  }

  @Test
  void partiQlIsRefused() {
    DynamoDbClient client = client();

    assertThatThrownBy(() -> client.executeStatement(e -> e.statement("SELECT * FROM t")))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage("PartiQL is not metered");
  }
}
