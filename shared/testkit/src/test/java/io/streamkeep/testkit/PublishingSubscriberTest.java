package io.streamkeep.testkit;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.CachingViewStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Publisher;
import io.streamkeep.kernel.subscription.PublishingSubscriber;
import io.streamkeep.testkit.contract.Commits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublishingSubscriberTest {

  private static final StreamId A = new StreamId("letters", "a");

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore rows = new InMemoryViewStore();
  private final List<String> published = new ArrayList<>();
  private boolean crashes;
  private String unreadable = "";
  private final PublishingSubscriber<String> outbound =
      new PublishingSubscriber<>("outbound", new Letters(), rows, events);

  /** Publishes all letters but those in brackets. */
  private final class Letters implements Publisher<String> {

    @Override
    public List<String> messages(Commit commit) {
      String letter = commit.events().getFirst().data();
      if (letter.equals(unreadable)) {
        throw new UnreadableException("A letter");
      }
      return letter.startsWith("(") ? List.of() : List.of(letter);
    }

    @Override
    public void publish(StreamId stream, List<String> messages) {
      published.addAll(messages);
      if (crashes) {
        throw new IllegalStateException("no answer");
      }
    }
  }

  private Commit append(String letter) {
    return Commits.append(events, A, letter);
  }

  private long cursor() {
    return rows.find("outbound", A).commit();
  }

  /** That nothing is there is a guess, which would have old commits published again. */
  @Test
  void aStreamThatThisProcessDoesNotKnowIsLookedUpBeforeItIsPublished() {
    Commit first = append("x");
    outbound.deliver(A, List.of(first));
    PublishingSubscriber<String> other =
        new PublishingSubscriber<>(
            "outbound", new Letters(), new CachingViewStore(rows, 100_000), events);

    other.deliver(A, List.of(first));
    other.deliver(A, List.of(append("y")));
    other.deliver(A, List.of(append("z")));

    assertThat(published).containsExactly("x", "y", "z");
    assertThat(cursor()).isEqualTo(3);
  }

  @Test
  void whatIsDeliveredIsPublishedOnceAndInOrder() {
    Commit x = append("x");
    Commit y = append("y");
    outbound.deliver(A, List.of(x));
    outbound.deliver(A, List.of(x, y));
    outbound.deliver(A, List.of(y));

    assertThat(published).containsExactly("x", "y");
    assertThat(cursor()).isEqualTo(2);
  }

  @Test
  void aGapIsFilledBeforeWhatComesAfterIt() {
    append("x");
    append("(silent)");
    outbound.deliver(A, List.of(append("z")));
    append("!");
    outbound.catchUp(A);

    assertThat(published).containsExactly("x", "z", "!");
    assertThat(cursor()).isEqualTo(4);
  }

  /** Whoever takes it in drops what it has. */
  @Test
  void aCrashAfterPublishingPublishesTheSameAgain() {
    crashes = true;
    Commit x = append("x");
    assertThatThrownBy(() -> outbound.deliver(A, List.of(x)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(cursor()).isZero();
    crashes = false;
    outbound.deliver(A, List.of(x, append("y")));

    assertThat(published).containsExactly("x", "x", "y");
  }

  @Test
  void whatCanNotBeToldIsPoisonAndWaitsWithAllAfterIt() {
    unreadable = "y";
    List<Commit> commits = List.of(append("x"), append("y"), append("z"));
    assertThatThrownBy(() -> outbound.deliver(A, commits))
        .isInstanceOfSatisfying(PoisonException.class, e -> assertThat(e.commit()).isEqualTo(2));
    outbound.park(new ParkedPosition("outbound", A, 2, Metadata.NONE), "why", Instant.EPOCH);
    outbound.deliver(A, List.of(append("!")));
    assertThat(published).containsExactly("x");

    unreadable = "";
    outbound.catchUp(A);
    assertThat(published).containsExactly("x", "y", "z", "!");
    assertThat(rows.parked()).isEmpty();
  }
}
