package io.streamkeep.functions.redelivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.sqs.VisibilityBackoff;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Publisher;
import io.streamkeep.kernel.subscription.PublishingSubscriber;
import io.streamkeep.testkit.function.FakeContext;
import io.streamkeep.testkit.function.LambdaEvents;
import io.streamkeep.testkit.function.SampleCommits;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityResponse;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Redelivery to a subscriber on stores in memory. */
final class RedeliveryTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final StreamId STREAM = new StreamId("order", "o-1");

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore cursors = new InMemoryViewStore();
  private final List<Long> published = new ArrayList<>();
  private final List<String> delays = new ArrayList<>();
  private @Nullable RuntimeException failure;
  private boolean queueFails;

  private final class Numbers implements Publisher {

    @Override
    public void publish(Commit commit) {
      if (failure != null) {
        throw failure;
      }
      published.add(commit.number());
    }
  }

  private final class Queue implements SqsClient {

    @Override
    public ChangeMessageVisibilityResponse changeMessageVisibility(
        ChangeMessageVisibilityRequest request) {
      if (queueFails) {
        throw SqsException.builder().statusCode(503).message("down").build();
      }
      delays.add(request.receiptHandle() + " " + request.visibilityTimeout());
      return ChangeMessageVisibilityResponse.builder().build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  private JsonObject redeliver(List<String> messages) {
    return redeliver(messages, NOW.plusSeconds(20));
  }

  private JsonObject redeliver(List<String> messages, Instant deadline) {
    Redelivery redelivery =
        new Redelivery(
            List.of(new PublishingSubscriber<>("outbound", new Numbers(), cursors, events)),
            new VisibilityBackoff(new Queue(), "queue"),
            CLOCK);
    LogLine line = FakeContext.line(LogEvent.BATCH, CLOCK);
    JsonObject response = redelivery.handle(LambdaEvents.queue(messages), deadline, line);
    JsonObject logged = line.json();
    assertThat(logged.getInt("records")).isEqualTo(messages.size());
    assertThat(logged.getInt("failed"))
        .isEqualTo(response.getJsonArray("batchItemFailures").size());
    return response;
  }

  private static ParkedPosition position(String subscriber) {
    return new ParkedPosition(subscriber, STREAM, 1, Metadata.NONE);
  }

  private static String message() {
    return ParkedPositionJson.write(position("outbound"));
  }

  @Test
  void parkedSubscriberIsCaughtUp() {
    SampleCommits.append(events, STREAM, NOW, 3);
    cursors.park(position("outbound"), "reason", NOW);

    assertThat(redeliver(List.of(message()))).isEqualTo(Json.read("{\"batchItemFailures\":[]}"));

    assertThat(published).containsExactly(1L, 2L, 3L);
    assertThat(cursors.parked()).isEmpty();
    assertThat(delays).isEmpty();
  }

  @Test
  void messagesAreLeftForLater_whenTheDeadlineIsNear() {
    SampleCommits.append(events, STREAM, NOW, 1);

    assertThat(redeliver(List.of(message(), message()), NOW.plusSeconds(4)))
        .isEqualTo(
            Json.read(
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"},{\"itemIdentifier\":\"m1\"}]}"));

    assertThat(published).isEmpty();
    assertThat(delays).containsExactly("r0 10", "r1 10");
  }

  @Test
  void delaysGrowToFifteenMinutes() {
    assertThat(IntStream.rangeClosed(1, 10).mapToObj(VisibilityBackoff::delay))
        .extracting(Duration::toSeconds)
        .containsExactly(10L, 20L, 40L, 80L, 160L, 320L, 640L, 900L, 900L, 900L);
    assertThat(VisibilityBackoff.delay(1000)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void duplicateMessageDoesNothingMore() {
    SampleCommits.append(events, STREAM, NOW, 1);

    redeliver(List.of(message(), message()));

    assertThat(published).containsExactly(1L);
  }

  /** The message that could not be delayed comes back after the queue's own time-out. */
  @Test
  void otherMessagesAreRedelivered_whenOneCannotBeDelayed() {
    SampleCommits.append(events, STREAM, NOW, 1);
    queueFails = true;

    assertThat(redeliver(List.of(ParkedPositionJson.write(position("unknown")), message())))
        .isEqualTo(Json.read("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}"));

    assertThat(published).containsExactly(1L);
  }

  @Test
  void poisonStaysParkedAndItsMessageIsDelayed() {
    SampleCommits.append(events, STREAM, NOW, 1);
    failure = new UnreadableException("An event that is not JSON");

    assertThat(redeliver(List.of(message())))
        .isEqualTo(Json.read("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}"));

    assertThat(cursors.parked())
        .singleElement()
        .satisfies(parked -> assertThat(parked.reason()).contains("An event that is not JSON"));
    assertThat(delays).containsExactly("r0 10");
  }

  @Test
  void infrastructureFailureIsDelayedAndNotParked() {
    SampleCommits.append(events, STREAM, NOW, 1);
    failure = new IllegalStateException("The queue is not available");

    redeliver(List.of(message()));

    assertThat(cursors.parked()).isEmpty();
    assertThat(delays).containsExactly("r0 10");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{}", "{\"subscriber\":\"nobody\",\"stream\":\"order#1\",\"commit\":1}"})
  void unreadableMessageFailsAndTheOthersAreProcessed(String unreadable) {
    SampleCommits.append(events, STREAM, NOW, 1);

    assertThat(redeliver(List.of(unreadable, message())))
        .isEqualTo(Json.read("{\"batchItemFailures\":[{\"itemIdentifier\":\"m0\"}]}"));

    assertThat(published).containsExactly(1L);
    assertThat(delays).containsExactly("r0 10");
  }

  /** The reconciler repairs its records; a redrive of all dead messages may bring it here. */
  @Test
  void discardedBatchIsLeftToTheReconciler() {
    assertThat(redeliver(List.of("{\"DDBStreamBatchInfo\":{\"shardId\":\"shardId-1\"}}")))
        .isEqualTo(Json.read("{\"batchItemFailures\":[]}"));

    assertThat(delays).isEmpty();
  }
}
