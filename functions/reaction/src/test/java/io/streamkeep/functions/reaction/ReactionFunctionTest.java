package io.streamkeep.functions.reaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.sqs.SqsPublisher;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryFeedStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Publisher;
import io.streamkeep.testkit.function.FakeContext;
import io.streamkeep.testkit.function.LambdaEvents;
import io.streamkeep.testkit.function.SampleCommits;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The feed and the publisher, from the stream's event to stores in memory. */
final class ReactionFunctionTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final StreamId STREAM = new StreamId("order", "o-1");

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryFeedStore feed = new InMemoryFeedStore();
  private final InMemoryViewStore cursors = new InMemoryViewStore();
  private final List<ParkedPosition> parked = new ArrayList<>();
  private final List<String> published = new ArrayList<>();

  /** Publishes the number of each commit. */
  private class Numbers implements Publisher {

    @Override
    public void publish(Commit commit) {
      published.add(Long.toString(commit.number()));
    }
  }

  private JsonObject deliver(Publisher publisher, List<Commit> commits) {
    ReactionFunction function =
        new ReactionFunction(
            new SubscriberFactory(events, cursors).reactions(feed, 1, publisher, CLOCK),
            parked::add,
            CLOCK);
    return FakeContext.invoke(function, LambdaEvents.stream(commits));
  }

  private List<Long> fed() {
    return new FeedReader(feed, events)
        .read(0, 0, 100).stream().map(each -> each.commit().number()).toList();
  }

  @Test
  void commitsAreFedAndPublishedInOrderAndOnce() {
    List<Commit> commits = SampleCommits.append(events, STREAM, NOW, 3);

    deliver(new Numbers(), commits);
    deliver(new Numbers(), commits);

    assertThat(fed()).containsExactly(1L, 2L, 3L);
    assertThat(published).containsExactly("1", "2", "3");
  }

  @Test
  void gapIsFilledFromTheEventStore() {
    List<Commit> commits = SampleCommits.append(events, STREAM, NOW, 3);

    deliver(new Numbers(), commits.subList(2, 3));

    assertThat(fed()).containsExactly(1L, 2L, 3L);
    assertThat(published).containsExactly("1", "2", "3");
  }

  @Test
  void commitThatCantBePublishedIsParkedAndStillFed() {
    Publisher unreadable =
        new Numbers() {
          @Override
          public void publish(Commit commit) {
            throw new UnreadableException("An event that is not JSON");
          }
        };

    JsonObject response = deliver(unreadable, SampleCommits.append(events, STREAM, NOW, 1));

    assertThat(response).isEqualTo(Json.read("{\"batchItemFailures\":[]}"));
    assertThat(parked).extracting(ParkedPosition::subscriber).containsExactly(SqsPublisher.NAME);
    assertThat(fed()).containsExactly(1L);
  }

  @Test
  void batchIsDeliveredAgainIfPublishingFails() {
    Publisher unavailable =
        new Numbers() {
          @Override
          public void publish(Commit commit) {
            throw new IllegalStateException("The queue is not available");
          }
        };

    JsonObject response = deliver(unavailable, SampleCommits.append(events, STREAM, NOW, 1));

    assertThat(response)
        .isEqualTo(Json.read("{\"batchItemFailures\":[{\"itemIdentifier\":\"1\"}]}"));
    assertThat(parked).isEmpty();
  }
}
