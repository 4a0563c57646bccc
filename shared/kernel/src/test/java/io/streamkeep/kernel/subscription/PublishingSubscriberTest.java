package io.streamkeep.kernel.subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.fixture.Letters;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.CachingViewStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PublishingSubscriberTest {

  private static final StreamId A = Letters.stream("a");

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore rows = new InMemoryViewStore();
  private final List<String> published = new ArrayList<>();
  private boolean crashes;
  private String unreadable = "";
  private final Subscriber outbound =
      new PublishingSubscriber<>("outbound", new LetterPublisher(), rows, events);

  /** Publishes letters, except those in brackets. */
  private final class LetterPublisher implements Publisher {

    @Override
    public void publish(Commit commit) {
      String letter = Letters.letter(commit);
      if (letter.equals(unreadable)) {
        throw new UnreadableException("A letter");
      }
      if (!letter.startsWith("(")) {
        published.add(letter);
      }
      if (crashes) {
        throw new IllegalStateException("no answer");
      }
    }
  }

  private Commit append(String letter) {
    return Letters.append(events, A, letter);
  }

  private long cursor() {
    return rows.find("outbound", A).commit();
  }

  /** Assuming that it is new would publish old commits again. */
  @Test
  void cursorOfAnUncachedStreamIsReadBeforePublishing() {
    Commit first = append("x");
    outbound.deliver(A, List.of(first));
    Subscriber other =
        new PublishingSubscriber<>(
            "outbound", new LetterPublisher(), new CachingViewStore(rows, 100_000), events);

    other.deliver(A, List.of(first));
    other.deliver(A, List.of(append("y")));
    other.deliver(A, List.of(append("z")));

    assertThat(published).containsExactly("x", "y", "z");
    assertThat(cursor()).isEqualTo(3);
  }

  @Test
  void deliveredCommitsArePublishedOnceAndInOrder() {
    Commit x = append("x");
    Commit y = append("y");
    outbound.deliver(A, List.of(x));
    outbound.deliver(A, List.of(x, y));
    outbound.deliver(A, List.of(y));

    assertThat(published).containsExactly("x", "y");
    assertThat(cursor()).isEqualTo(2);
  }

  @Test
  void gapIsFilledBeforeLaterCommitsArePublished() {
    append("x");
    append("(silent)");
    outbound.deliver(A, List.of(append("z")));
    append("!");
    outbound.catchUp(A);

    assertThat(published).containsExactly("x", "z", "!");
    assertThat(cursor()).isEqualTo(4);
  }

  /** The consumer drops what it already has. */
  @Test
  void crashAfterPublishingPublishesTheSameMessagesAgain() {
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
  void unreadableCommitIsPoisonAndHoldsBackLaterOnes() {
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

  /** The events were restored to a state before the second commit. */
  @Test
  void cursorAheadOfItsStreamIsSetToTheHead() {
    append("x");
    rows.advance("outbound", A, rows.find("outbound", A), 2);

    assertThat(outbound.rewind(A)).isTrue();
    assertThat(outbound.rewind(A)).isFalse();

    assertThat(published).isEmpty();
    assertThat(cursor()).isEqualTo(1);
    outbound.deliver(A, List.of(append("y")));
    assertThat(published).containsExactly("y");
  }

  @Test
  void cursorOfAStreamThatIsGoneIsRemoved() {
    rows.advance("outbound", A, rows.find("outbound", A), 2);

    assertThat(outbound.rewind(A)).isTrue();

    assertThat(cursor()).isZero();
    outbound.deliver(A, List.of(append("x")));
    assertThat(published).containsExactly("x");
  }
}
