package io.streamkeep.aws.dynamodb.views;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
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
import software.amazon.awssdk.services.dynamodb.model.Update;

/** What becomes of each way in which the service can say no to a row. */
final class ConditionalRowWriterTest {

  private static final Map<String, AttributeValue> ROW =
      RowItem.whole("sales", new StreamId("order", "1"), new Row("{}", null), 3);
  private static final List<AggregateTotal> ADDS =
      List.of(new AggregateTotal("sales", "day", Map.of("orders", 1L, "revenue", -5L)));

  private final Deque<RuntimeException> noes = new ArrayDeque<>();
  private final List<Object> requests = new ArrayList<>();
  private final List<Long> waits = new ArrayList<>();

  /** Says each no that there is once, and then yes. */
  private final class Service implements DynamoDbClient {

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      asked(request);
      return PutItemResponse.builder().build();
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      asked(request);
      return TransactWriteItemsResponse.builder().build();
    }

    private void asked(Object request) {
      requests.add(request);
      if (!noes.isEmpty()) {
        throw noes.remove();
      }
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private final class NoTime implements Sleeper {

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(long nanos) {
      waits.add(nanos);
    }

    @Override
    public double random() {
      return 0.5;
    }
  }

  private boolean run(List<AggregateTotal> adds) {
    return new ConditionalRowWriter(new Service(), "views", new NoTime())
        .run(ROW, PutCondition.cursor(2), adds);
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
  void aRowThatAddsNothingIsPutByItself() {
    assertThat(run(List.of())).isTrue();

    assertThat(requests)
        .singleElement()
        .isInstanceOfSatisfying(
            PutItemRequest.class,
            put -> {
              assertThat(put.item()).isEqualTo(ROW);
              assertThat(put.conditionExpression()).isEqualTo("#commit = :at");
              assertThat(put.expressionAttributeValues()).containsEntry(":at", fromN("2"));
            });
  }

  @Test
  void whatARowAddsIsAddedInOneTransactionWithIt() {
    assertThat(run(ADDS)).isTrue();

    List<TransactWriteItem> items =
        ((TransactWriteItemsRequest) requests.getFirst()).transactItems();
    assertThat(requests).hasSize(1);
    assertThat(items).hasSize(2);
    assertThat(items.getFirst().put().item()).isEqualTo(ROW);
    assertThat(items.getFirst().put().conditionExpression()).isEqualTo("#commit = :at");
    Update update = items.getLast().update();
    assertThat(update.key())
        .isEqualTo(Map.of("stream", fromS("total/sales"), "view", fromS("day")));
    assertThat(update.updateExpression()).isEqualTo("ADD #n0 :n0, #n1 :n1");
    assertThat(update.expressionAttributeNames())
        .isEqualTo(Map.of("#n0", "orders", "#n1", "revenue"));
    assertThat(update.expressionAttributeValues())
        .isEqualTo(Map.of(":n0", fromN("1"), ":n1", fromN("-5")));
  }

  @Test
  void aRowThatHasBeenTakenFurtherIsLostWhateverElseThereWas() {
    for (String other : List.of("None", "TransactionConflict", "ThrottlingError")) {
      noes.add(cancelled("ConditionalCheckFailed", other));
      assertThat(run(ADDS)).isFalse();
    }
    noes.add(ConditionalCheckFailedException.builder().build());
    assertThat(run(List.of())).isFalse();

    assertThat(requests).hasSize(4);
    assertThat(waits).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
  void whatIsAMatterOfTimeIsTriedAgain(String code) {
    noes.add(cancelled("None", code));
    noes.add(cancelled(code, "None"));

    assertThat(run(ADDS)).isTrue();

    assertThat(requests).hasSize(3);
    assertThat(waits).containsExactly(20_000_000L, 40_000_000L);
  }

  @Test
  void aPutIntoAnothersTransactionIsTriedAgain() {
    noes.add(TransactionConflictException.builder().build());

    assertThat(run(List.of())).isTrue();

    assertThat(requests).hasSize(2);
  }

  /** The whole batch is then delivered again; what was counted by then is not counted twice. */
  @Test
  void whatIsAlwaysInTheWayIsTheInfrastructuresFailure() {
    noes.addAll(Collections.nCopies(100, cancelled("None", "TransactionConflict")));

    assertThatThrownBy(() -> run(ADDS)).isInstanceOf(ThrottledException.class);

    assertThat(requests).hasSize(ConditionalRowWriter.TRIES);
    assertThat(waits.stream().mapToLong(wait -> wait).sum()).isLessThan(2_000_000_000L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ValidationError", "ItemCollectionSizeLimitExceeded", "Unheard"})
  void whatWouldComeAgainIsAnError(String code) {
    for (String other : List.of("None", "TransactionConflict", "ConditionalCheckFailed")) {
      noes.add(cancelled(other, code));
      assertThatThrownBy(() -> run(ADDS)).isInstanceOf(TransactionCanceledException.class);
    }
    assertThat(waits).isEmpty();
  }

  /** The SDK has waited and asked again before it throws this. */
  @Test
  void throttlingThatLastsIsTheInfrastructuresFailure() {
    for (List<AggregateTotal> adds : List.of(ADDS, List.<AggregateTotal>of())) {
      noes.add(
          DynamoDbException.builder()
              .awsErrorDetails(AwsErrorDetails.builder().errorCode("ThrottlingException").build())
              .build());
      assertThatThrownBy(() -> run(adds)).isInstanceOf(ThrottledException.class);
    }
    assertThat(requests).hasSize(2);
  }
}
