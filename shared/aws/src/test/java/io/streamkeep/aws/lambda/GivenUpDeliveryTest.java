package io.streamkeep.aws.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.TestContext;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

final class GivenUpDeliveryTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final PrintStream before = System.out;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final List<String> done = new ArrayList<>();
  private final LogLine line =
      LogLine.start(new TestContext("fn", "r-1"), LogEvent.REDELIVERY, CLOCK);

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(log, true, UTF_8));
  }

  @AfterEach
  void release() {
    System.setOut(before);
  }

  @Test
  void allOfTheBatchIsDeliveredAndNothingAfterIt() {
    FakeStream stream =
        new FakeStream(
            false,
            List.of(
                List.of(insert(9, "order#1", 1)),
                List.of(),
                List.of(insert(10, "order#2", 1), insert(11, "order#1", 2)),
                List.of(insert(12, "order#3", 1), insert(13, "order#4", 1))));

    assertThat(deliver(stream, 9, 12)).isTrue();

    assertThat(done)
        .containsExactly(
            "first order#1 [1, 2]",
            "first order#2 [1]",
            "first order#3 [1]",
            "second order#1 [1, 2]",
            "second order#2 [1]",
            "second order#3 [1]");
    assertThat(stream.iterators)
        .singleElement()
        .satisfies(
            iterator -> {
              assertThat(iterator.streamArn()).isEqualTo("arn");
              assertThat(iterator.shardId()).isEqualTo("shard");
              assertThat(iterator.shardIteratorType())
                  .isEqualTo(ShardIteratorType.AT_SEQUENCE_NUMBER);
              assertThat(iterator.sequenceNumber()).isEqualTo("9");
            });
    JsonObject told = line.json();
    assertThat(told.getInt("records")).isEqualTo(4);
    assertThat(told.getInt("parked")).isZero();
    assertThat(told.getJsonArray("correlationIds").toString()).isEqualTo("[\"why-1\",\"why-2\"]");
  }

  /** The shard is open: whoever asked on would ask for ever. */
  @Test
  void theStreamIsReadNoFurtherThanTheBatchGoes() {
    FakeStream stream = new FakeStream(false, List.of(List.of(insert(1, "order#1", 1)), List.of()));

    deliver(stream, 1, 1);

    assertThat(done).hasSize(2);
    assertThat(stream.reads).isEqualTo(1);
  }

  @Test
  void aBatchAtTheEndOfItsShardIsDelivered() {
    deliver(new FakeStream(true, List.of(List.of(insert(1, "order#1", 1)))), 1, 1);

    assertThat(done).hasSize(2);
  }

  @Test
  void whatTheShardDoesNotHaveIsNotPassedOver() {
    FakeStream stream = new FakeStream(true, List.of(List.of(insert(1, "order#1", 1))));

    assertThatThrownBy(() -> deliver(stream, 1, 2)).isInstanceOf(UnreadableException.class);
  }

  @Test
  void onlyWhatWasInsertedIsACommit() {
    Record removed = insert(1, "order#1", 1).toBuilder().eventName("REMOVE").build();
    Record changed = insert(2, "order#2", 1).toBuilder().eventName("MODIFY").build();

    deliver(new FakeStream(false, List.of(List.of(removed, changed))), 1, 2);

    assertThat(done).isEmpty();
  }

  @Test
  void aSubscriberThatCanNotGoOnIsParkedAndTheOthersGoOn() {
    FakeStream stream =
        new FakeStream(
            false, List.of(List.of(insert(1, "order#poison", 1), insert(2, "order#2", 1))));

    deliver(stream, 1, 2);

    assertThat(done)
        .containsExactly(
            "first order#2 [1]",
            "sent first order#poison",
            "parked first order#poison java.lang.IllegalStateException",
            "second order#poison [1]",
            "second order#2 [1]");
    assertThat(line.json().getInt("parked")).isEqualTo(1);
    JsonObject parked = Json.read(log.toString(UTF_8));
    assertThat(parked.getString("message")).isEqualTo("Parked");
    assertThat(parked.getString("subscriber")).isEqualTo("first");
    assertThat(parked.getInt("Parked")).isEqualTo(1);
  }

  @Test
  void aFailureOfTheInfrastructureFailsTheMessage() {
    FakeStream stream =
        new FakeStream(
            false, List.of(List.of(insert(1, "order#1", 1), insert(2, "order#unreachable", 1))));

    assertThatThrownBy(() -> deliver(stream, 1, 2)).hasMessage("no answer");

    assertThat(done).containsExactly("first order#1 [1]", "second order#1 [1]");
  }

  @Test
  void aRecordOfNoStreamFailsTheMessageWhenAllElseIsDelivered() {
    FakeStream stream =
        new FakeStream(
            false,
            List.of(
                List.of(
                    insert(1, "nonsense", 1), insert(2, "order#1", 1), insert(3, "nothing", 1))));

    assertThatThrownBy(() -> deliver(stream, 1, 3))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("Records that are of no stream: 2");

    assertThat(done).containsExactly("first order#1 [1]", "second order#1 [1]");
  }

  /** The subscribers meet it in the event store. */
  @Test
  void aCommitThatCanNotBeReadIsDeliveredAsOne() {
    Record broken =
        insert(1, "order#1", 1).toBuilder()
            .dynamodb(
                change ->
                    change.keys(key("order#1", 1)).newImage(key("order#1", 1)).sequenceNumber("1"))
            .build();

    deliver(new FakeStream(false, List.of(List.of(broken))), 1, 1);

    assertThat(done).containsExactly("first order#1 []", "second order#1 []");
  }

  /** The reconciler finds what it was about. */
  @Test
  void whatTheStreamNoLongerHasIsDone() {
    FakeStream trimmed =
        new FakeStream(false, List.of()) {
          @Override
          public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
            throw TrimmedDataAccessException.builder().message("trimmed").build();
          }
        };
    FakeStream trimmedMeanwhile =
        new FakeStream(false, List.of()) {
          @Override
          public GetRecordsResponse getRecords(GetRecordsRequest request) {
            throw TrimmedDataAccessException.builder().message("trimmed").build();
          }
        };
    FakeStream withoutTheShard =
        new FakeStream(false, List.of()) {
          @Override
          public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
            throw ResourceNotFoundException.builder().message("no shard").build();
          }
        };

    assertThat(deliver(trimmed, 1, 1)).isFalse();
    assertThat(deliver(trimmedMeanwhile, 1, 1)).isFalse();
    assertThat(deliver(withoutTheShard, 1, 1)).isFalse();
    assertThat(done).isEmpty();
  }

  /** Of the tables: that is not to be taken for a stream that is gone. */
  @Test
  void whatIsNotFoundByASubscriberFailsTheMessage() {
    FakeStream stream = new FakeStream(false, List.of(List.of(insert(1, "order#gone", 1))));

    assertThatThrownBy(() -> deliver(stream, 1, 1)).isInstanceOf(ResourceNotFoundException.class);
  }

  private boolean deliver(FakeStream stream, int first, int last) {
    LoggingDispatcher delivery =
        new LoggingDispatcher(
            List.of(new Recorder("first"), new Recorder("second")),
            pointer -> done.add("sent " + pointer.subscriber() + " " + pointer.stream()),
            CLOCK);
    return new GivenUpDelivery(stream, delivery)
        .deliver(
            new GivenUpBatch("arn", "shard", Integer.toString(first), BigInteger.valueOf(last)),
            line);
  }

  private static Record insert(int sequenceNumber, String stream, int commit) {
    Map<String, AttributeValue> image = new HashMap<>(key(stream, commit));
    image.put("version", fromN(Integer.toString(commit)));
    image.put("time", fromS("2026-03-01T10:15:30Z"));
    image.put("command", fromS("c"));
    image.put("fingerprint", fromS("f"));
    image.put("correlation", fromS("why-" + commit));
    image.put(
        "events",
        AttributeValue.fromL(
            List.of(
                AttributeValue.fromM(
                    Map.of("type", fromS("t"), "schema", fromN("1"), "data", fromS("{}"))))));
    return Record.builder()
        .eventName("INSERT")
        .dynamodb(
            change ->
                change
                    .keys(key(stream, commit))
                    .newImage(image)
                    .sequenceNumber(Integer.toString(sequenceNumber)))
        .build();
  }

  private static Map<String, AttributeValue> key(String stream, int commit) {
    return Map.of("stream", fromS(stream), "commit", fromN(Integer.toString(commit)));
  }

  /** Takes in all there is, but for what is poison to the first one, or can't be reached. */
  private final class Recorder implements Subscriber {
    private final String name;

    Recorder(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean handles(StreamId stream) {
      return stream.category().equals("order");
    }

    @Override
    public void deliver(StreamId stream, List<Commit> delivered) {
      if (stream.key().equals("unreachable")) {
        throw new IllegalStateException("no answer");
      }
      if (stream.key().equals("gone")) {
        throw ResourceNotFoundException.builder().message("no table").build();
      }
      if (stream.key().equals("poison") && name.equals("first")) {
        throw new PoisonException(1, Metadata.NONE, new IllegalStateException("poison"));
      }
      done.add(name + " " + stream + " " + delivered.stream().map(Commit::number).toList());
    }

    @Override
    public void catchUp(StreamId stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void park(ParkedPosition pointer, String reason, Instant at) {
      done.add(
          "parked %s %s %s"
              .formatted(pointer.subscriber(), pointer.stream(), reason.replaceAll(" at .*", "")));
    }
  }
}
