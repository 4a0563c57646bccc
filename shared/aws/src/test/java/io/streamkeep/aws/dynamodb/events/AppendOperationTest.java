package io.streamkeep.aws.dynamodb.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.AppendResult.Conflict;
import io.streamkeep.kernel.store.EventStore.AppendResult.Throttled;
import io.streamkeep.kernel.store.EventStore.AppendResult.TooLarge;
import io.streamkeep.kernel.store.EventStore.AppendResult.TransactionConflict;
import io.streamkeep.kernel.store.EventStore.ConcurrentCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.Limit;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** DynamoDB's errors become results or exceptions. */
final class AppendOperationTest {

  private static final StreamId WRITTEN = new StreamId("stock", "york/1");
  private static final StreamId ALSO_WRITTEN = new StreamId("stock", "leeds/1");
  private static final StreamId READ = new StreamId("lease", "nightly");

  /** Responds to every request alike, and records them. */
  private static final class Service implements DynamoDbClient {

    private final @Nullable RuntimeException error;
    private final List<Object> requests = new ArrayList<>();

    Service(@Nullable RuntimeException error) {
      this.error = error;
    }

    @Override
    public PutItemResponse putItem(PutItemRequest request) {
      requests.add(request);
      return respond(PutItemResponse.builder().build());
    }

    @Override
    public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
      requests.add(request);
      return respond(TransactWriteItemsResponse.builder().build());
    }

    private <T> T respond(T success) {
      if (error != null) {
        throw error;
      }
      return success;
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }

  private static Commit winner(StreamId stream) {
    return newCommit(10).after(stream, 0, 0);
  }

  private static NewCommit newCommit(int bytes) {
    // Without repetition, so that it can't be compressed.
    String data =
        IntStream.range(0, bytes)
            .mapToObj(i -> Character.toString((char) (0x4e00 + (i * 7919L + bytes) % 20_000)))
            .reduce(new StringBuilder(), StringBuilder::append, StringBuilder::append)
            .toString();
    return new NewCommit(
        List.of(new RecordedEvent("thing.happened", 1, data)),
        Instant.EPOCH,
        new CommandId("c"),
        new Fingerprint("f"),
        Metadata.NONE);
  }

  private static StreamAppend write(StreamId stream) {
    return new StreamAppend(DynamoHead.start(stream), newCommit(10));
  }

  private static AppendResult append(
      DynamoDbClient client, List<StreamAppend> writes, List<Head> read) {
    return new AppendOperation(new DynamoTable(client, "events"), writes, read, false).run();
  }

  /** Two streams written and one unchanged, cancelled for these reasons, in this order. */
  private static AppendResult cancelled(CancellationReason... reasons) {
    return append(
        new Service(TransactionCanceledException.builder().cancellationReasons(reasons).build()),
        List.of(write(WRITTEN), write(ALSO_WRITTEN)),
        List.of(DynamoHead.start(READ)));
  }

  private static CancellationReason reason(String code) {
    return CancellationReason.builder().code(code).build();
  }

  private static CancellationReason conflict(StreamId stream) {
    return CancellationReason.builder()
        .code("ConditionalCheckFailed")
        .item(CommitItem.write(winner(stream), null, null))
        .build();
  }

  private static final CancellationReason NONE = reason("None");
  private static final CancellationReason BUSY = reason("TransactionConflict");
  private static final CancellationReason SLOW = reason("ThrottlingError");
  private static final CancellationReason FULL = reason("ProvisionedThroughputExceeded");

  @Test
  void conflictHasTheWinnerOfEachStream() {
    AppendResult result = cancelled(conflict(WRITTEN), NONE, conflict(READ));

    assertThat(result).isInstanceOf(Conflict.class);
    List<ConcurrentCommit> moved = ((Conflict) result).winners();
    assertThat(moved)
        .extracting(ConcurrentCommit::winner)
        .containsExactly(winner(WRITTEN), winner(READ));
    assertThat(moved)
        .extracting(one -> DynamoHead.of(one.head()).commit(), one -> one.head().stream())
        .containsExactly(tuple(1L, WRITTEN), tuple(1L, READ));
  }

  static Stream<Arguments> temporary() {
    return Stream.of(
        Arguments.of(new TransactionConflict(), List.of(NONE, BUSY, NONE)),
        Arguments.of(new TransactionConflict(), List.of(BUSY, BUSY, BUSY)),
        Arguments.of(new Throttled(), List.of(NONE, NONE, SLOW)),
        Arguments.of(new Throttled(), List.of(FULL, NONE, NONE)),
        Arguments.of(new Throttled(), List.of(BUSY, SLOW, FULL)));
  }

  @ParameterizedTest
  @MethodSource("temporary")
  void temporaryFailuresAreDistinguished(AppendResult expected, List<CancellationReason> reasons) {
    assertThat(cancelled(reasons.toArray(CancellationReason[]::new))).isEqualTo(expected);
  }

  /** A conflict takes precedence because its winner is known. */
  @Test
  void conflictTakesPrecedenceOverTemporaryFailures() {
    assertThat(cancelled(BUSY, conflict(ALSO_WRITTEN), SLOW))
        .isInstanceOfSatisfying(
            Conflict.class,
            lost ->
                assertThat(lost.winners())
                    .extracting(ConcurrentCommit::winner)
                    .containsExactly(winner(ALSO_WRITTEN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ValidationError",
        "ItemCollectionSizeLimitExceeded",
        "AccessDenied",
        "DuplicateItem",
        "Unknown"
      })
  void permanentFailureIsThrownWhateverTheOtherReasons(String code) {
    for (CancellationReason other : List.of(NONE, BUSY, SLOW, conflict(WRITTEN))) {
      assertThatThrownBy(() -> cancelled(other, reason(code), NONE))
          .isInstanceOf(TransactionCanceledException.class);
      assertThatThrownBy(() -> cancelled(NONE, reason(code), other))
          .isInstanceOf(TransactionCanceledException.class);
    }
  }

  @Test
  void cancellationWithoutReasonIsThrown() {
    assertThatThrownBy(() -> cancelled(NONE, NONE, NONE))
        .isInstanceOf(TransactionCanceledException.class);
    assertThatThrownBy(AppendOperationTest::cancelled)
        .isInstanceOf(TransactionCanceledException.class);
  }

  @Test
  void oneStreamIsAPutAndAnythingElseATransaction() {
    Service service = new Service(null);

    append(service, List.of(write(WRITTEN)), List.of());
    append(service, List.of(write(WRITTEN)), List.of(DynamoHead.start(READ)));
    append(service, List.of(), List.of(DynamoHead.start(READ)));
    AppendResult both = append(service, List.of(write(WRITTEN), write(ALSO_WRITTEN)), List.of());

    assertThat(service.requests)
        .extracting(Object::getClass)
        .containsExactly(
            PutItemRequest.class,
            TransactWriteItemsRequest.class,
            TransactWriteItemsRequest.class,
            TransactWriteItemsRequest.class);
    assertThat(((Appended) both).commits())
        .extracting(part -> part.commit().stream())
        .containsExactly(WRITTEN, ALSO_WRITTEN);
  }

  @Test
  void conflictOfAPutHasTheWinner() {
    RuntimeException lost =
        ConditionalCheckFailedException.builder()
            .item(CommitItem.write(winner(WRITTEN), null, null))
            .build();

    assertThat(append(new Service(lost), List.of(write(WRITTEN)), List.of()))
        .isInstanceOfSatisfying(
            Conflict.class,
            conflict ->
                assertThat(conflict.winners())
                    .extracting(ConcurrentCommit::winner)
                    .containsExactly(winner(WRITTEN)));
  }

  @Test
  void putDuringAnotherTransactionIsATransactionConflict() {
    Service busy = new Service(TransactionConflictException.builder().build());

    assertThat(append(busy, List.of(write(WRITTEN)), List.of()))
        .isEqualTo(new TransactionConflict());
  }

  /** The SDK treats it as throttling; an earlier attempt of the same request may still succeed. */
  @Test
  void transactionInProgressIsATransactionConflict() {
    Service busy =
        new Service(
            TransactionInProgressException.builder()
                .awsErrorDetails(
                    AwsErrorDetails.builder().errorCode("TransactionInProgressException").build())
                .build());

    assertThat(append(busy, List.of(write(WRITTEN)), List.of(DynamoHead.start(READ))))
        .isEqualTo(new TransactionConflict());
  }

  /** The SDK has retried before it throws this. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "ThrottlingException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded"
      })
  void persistentThrottlingIsThrown(String code) {
    Service throttled = new Service(error(code));

    for (List<Head> read : List.of(List.<Head>of(), List.<Head>of(DynamoHead.start(READ)))) {
      assertThatThrownBy(() -> append(throttled, List.of(write(WRITTEN)), read))
          .isInstanceOf(ThrottledException.class);
    }
  }

  @Test
  void otherErrorsAreRethrownUnchanged() {
    RuntimeException error = error("InternalServerError");

    assertThatThrownBy(() -> append(new Service(error), List.of(write(WRITTEN)), List.of()))
        .isSameAs(error);
  }

  private static RuntimeException error(String code) {
    return DynamoDbException.builder()
        .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
        .build();
  }

  @Test
  void tooLargeAppendIsRefusedWithoutARequest() {
    Service service = new Service(null);
    List<StreamAppend> many =
        IntStream.range(0, 60).mapToObj(i -> write(new StreamId("stock", "p/" + i))).toList();
    List<Head> heads =
        IntStream.range(0, 41)
            .<Head>mapToObj(i -> DynamoHead.start(new StreamId("lease", "" + i)))
            .toList();
    StreamAppend large = new StreamAppend(DynamoHead.start(WRITTEN), newCommit(200_000));
    List<StreamAppend> heavy =
        IntStream.range(0, 40)
            .mapToObj(
                i ->
                    new StreamAppend(
                        DynamoHead.start(new StreamId("stock", "p/" + i)), newCommit(100_000)))
            .toList();

    assertThat(append(service, many, heads)).isEqualTo(new TooLarge(Limit.STREAMS, 101));
    assertThat(append(service, List.of(write(READ), large), List.of()))
        .isInstanceOfSatisfying(
            TooLarge.class, no -> assertThat(no.limit()).isEqualTo(Limit.COMMIT_BYTES));
    assertThat(append(service, heavy, List.of()))
        .isInstanceOfSatisfying(
            TooLarge.class, no -> assertThat(no.limit()).isEqualTo(Limit.APPEND_BYTES));
    assertThat(service.requests).isEmpty();
    assertThat(append(service, many, heads.subList(1, 41))).isInstanceOf(Appended.class);
    assertThat(service.requests).hasSize(1);
  }
}
