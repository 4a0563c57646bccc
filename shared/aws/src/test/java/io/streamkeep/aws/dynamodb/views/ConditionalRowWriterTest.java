package io.streamkeep.aws.dynamodb.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.Update;

/** DynamoDB's errors become results, retries or exceptions. */
final class ConditionalRowWriterTest {

  private static final Map<String, AttributeValue> ROW =
      RowItem.whole("sales", new StreamId("order", "1"), new Row("{}", null, Set.of()), 3);
  private static final List<AggregateTotal> ADDS =
      List.of(new AggregateTotal("sales", "day", Map.of("orders", 1L, "revenue", -5L)));

  private final Deque<RuntimeException> errors = new ArrayDeque<>();
  private final List<Object> requests = new ArrayList<>();
  private final FakeClock clock = new FakeClock(Instant.EPOCH);

  /** Throws each of the errors once, then succeeds. */
  private final class Service implements DynamoDbClient {

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      record(request);
      return PutItemResponse.builder().build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      record(request);
      return TransactWriteItemsResponse.builder().build();
    }

    private void record(Object request) {
      requests.add(request);
      if (!errors.isEmpty()) {
        throw errors.remove();
      }
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private boolean write(List<AggregateTotal> adds) {
    return new ConditionalRowWriter(new DynamoTable(new Service(), "views"), clock)
        .write(ROW, PutCondition.isStill("commit", 2), adds, 3);
  }

  private static RuntimeException cancelled(@Nullable String... codes) {
    return TransactionCanceledException.builder()
        .cancellationReasons(
            Arrays.stream(codes)
                .map(code -> CancellationReason.builder().code(code).build())
                .toList())
        .build();
  }

  @Test
  void rowWithoutAdditionsIsAPut() {
    assertThat(write(List.of())).isTrue();

    assertThat(requests)
        .singleElement()
        .isInstanceOfSatisfying(
            PutItemRequest.class,
            put -> {
              assertThat(put.item()).isEqualTo(ROW);
              assertThat(put.conditionExpression()).isEqualTo("#commit = :commit");
              assertThat(put.expressionAttributeValues()).containsEntry(":commit", fromN("2"));
            });
  }

  @Test
  void additionsAreInOneTransactionWithTheRow() {
    assertThat(write(ADDS)).isTrue();

    List<TransactWriteItem> items =
        ((TransactWriteItemsRequest) requests.getFirst()).transactItems();
    assertThat(requests).hasSize(1);
    assertThat(items).hasSize(2);
    assertThat(items.getFirst().put().item()).isEqualTo(ROW);
    assertThat(items.getFirst().put().conditionExpression()).isEqualTo("#commit = :commit");
    Update update = items.getLast().update();
    assertThat(update.key())
        .isEqualTo(Map.of("stream", fromS("total/sales"), "view", fromS("day\u001F3")));
    assertThat(update.updateExpression()).isEqualTo("ADD #n0 :n0, #n1 :n1");
    assertThat(update.expressionAttributeNames())
        .isEqualTo(Map.of("#n0", "orders", "#n1", "revenue"));
    assertThat(update.expressionAttributeValues())
        .isEqualTo(Map.of(":n0", fromN("1"), ":n1", fromN("-5")));
  }

  @Test
  void failedConditionIsNotRetriedWhateverTheOtherReasons() {
    for (String other : List.of("None", "TransactionConflict", "ThrottlingError")) {
      errors.add(cancelled("ConditionalCheckFailed", other));
      assertThat(write(ADDS)).isFalse();
    }
    errors.add(ConditionalCheckFailedException.builder().build());
    assertThat(write(List.of())).isFalse();

    assertThat(requests).hasSize(4);
    assertThat(clock.sleeps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
  void temporaryFailureIsRetried(String code) {
    errors.add(cancelled("None", code));
    errors.add(cancelled(code, "None"));

    assertThat(write(ADDS)).isTrue();

    assertThat(requests).hasSize(3);
    assertThat(clock.sleeps()).containsExactly(20_000_000L, 40_000_000L);
  }

  @Test
  void putDuringAnotherTransactionIsRetried() {
    errors.add(TransactionConflictException.builder().build());

    assertThat(write(List.of())).isTrue();

    assertThat(requests).hasSize(2);
  }

  /** If the transaction in progress then succeeds, the condition of the next attempt fails. */
  @Test
  void earlierAttemptInProgressIsRetried() {
    errors.add(
        TransactionInProgressException.builder()
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode("TransactionInProgressException").build())
            .build());
    errors.add(cancelled("ConditionalCheckFailed", "None"));

    assertThat(write(ADDS)).isFalse();

    assertThat(requests).hasSize(2);
  }

  /** The batch is then delivered again, and nothing is counted twice. */
  @Test
  void persistentConflictIsAnInfrastructureFailure() {
    errors.addAll(Collections.nCopies(100, cancelled("None", "TransactionConflict")));

    assertThatThrownBy(() -> write(ADDS)).isInstanceOf(ThrottledException.class);

    assertThat(requests).hasSize(ConditionalRowWriter.MAX_ATTEMPTS);
    assertThat(clock.sleeps().stream().mapToLong(wait -> wait).sum()).isLessThan(2_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ItemCollectionSizeLimitExceeded", "Unknown"})
  void permanentFailureIsThrown(String code) {
    for (String other : List.of("None", "TransactionConflict", "ConditionalCheckFailed")) {
      errors.add(cancelled(other, code));
      assertThatThrownBy(() -> write(ADDS)).isInstanceOf(TransactionCanceledException.class);
    }
    assertThat(clock.sleeps()).isEmpty();
  }

  /** Such as a total that was replaced by a text by hand. */
  @Test
  void additionToWhatIsNoTotalConcernsThisStreamOnly() {
    errors.add(cancelled("None", "ValidationError"));
    assertThatThrownBy(() -> write(ADDS)).isInstanceOf(UnreadableException.class);

    errors.add(cancelled("TransactionConflict", "ValidationError"));
    assertThatThrownBy(() -> write(ADDS)).isInstanceOf(TransactionCanceledException.class);
  }

  /** The SDK throws it so when it could not read DynamoDB's answer. */
  @Test
  void errorWithoutDetailsIsRethrownUnchanged() {
    RuntimeException error = DynamoDbException.builder().statusCode(502).build();
    errors.add(error);

    assertThatThrownBy(() -> write(ADDS)).isSameAs(error);
  }

  /** The SDK has waited and retried before it throws this. */
  @Test
  void persistentThrottlingIsAnInfrastructureFailure() {
    for (List<AggregateTotal> adds : List.of(ADDS, List.<AggregateTotal>of())) {
      errors.add(
          DynamoDbException.builder()
              .awsErrorDetails(AwsErrorDetails.builder().errorCode("ThrottlingException").build())
              .build());
      assertThatThrownBy(() -> write(adds)).isInstanceOf(ThrottledException.class);
    }
    assertThat(requests).hasSize(2);
  }
}
