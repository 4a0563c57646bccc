package io.streamkeep.kernel.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A batch of four streams, while the store throttles some of the subscribers. */
final class ThrottledSubscriberTest {

  private static final Metadata METADATA =
      new Metadata(null, new CorrelationId("why"), null, null, null);

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final List<DeliveredCommit> batch = batch("a", "b", "c", "d", "b");
  private final List<ParkedPosition> sent = new ArrayList<>();
  private final List<ParkedPosition> marked = new ArrayList<>();

  /** Applies every stream but some, where it fails. */
  private final class View implements Subscriber {

    private final String name;
    private final Set<String> failing;
    private final RuntimeException failure;
    private final boolean parked;
    private final List<String> applied = new ArrayList<>();

    View(String name, Set<String> failing, RuntimeException failure, boolean parked) {
      this.name = name;
      this.failing = failing;
      this.failure = failure;
      this.parked = parked;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean handles(StreamId stream) {
      return true;
    }

    @Override
    public void deliver(StreamId stream, List<Commit> delivered) {
      if (failing.contains(stream.key())) {
        throw failure;
      }
      applied.add(stream.key());
    }

    @Override
    public void catchUp(StreamId stream) {}

    @Override
    public boolean isParkedWhenThrottled() {
      return parked;
    }

    @Override
    public void park(ParkedPosition position, String reason, Instant at) {
      assertThat(reason).contains("ThrottledException");
      marked.add(position);
    }
  }

  private View view(String name, String... throttled) {
    return new View(name, Set.of(throttled), new ThrottledException(null), true);
  }

  private static List<DeliveredCommit> batch(String... keys) {
    List<DeliveredCommit> batch = new ArrayList<>();
    for (String key : keys) {
      long number = batch.size() + 1L;
      StreamId stream = new StreamId("thing", key);
      Commit commit =
          new Commit(
              stream,
              number,
              number,
              List.of(new RecordedEvent("thing.happened", 1, "{}")),
              Instant.EPOCH,
              new CommandId("c"),
              new Fingerprint("f"),
              METADATA);
      batch.add(new DeliveredCommit(stream, number, key.equals("d") ? null : commit));
    }
    return batch;
  }

  private static ParkedPosition position(String key, long commit, Metadata metadata) {
    return new ParkedPosition("sales", new StreamId("thing", key), commit, metadata);
  }

  private Optional<BatchFailure> deliver(Parking parking, Subscriber... subscribers) {
    Consumer<Dispatcher.ParkedNotice> ignored = notice -> {};
    return new Dispatcher(List.of(subscribers), parking, CLOCK, ignored).deliver(batch);
  }

  @Test
  void throttledViewIsParkedInTheRestOfTheBatch_andTheBatchIsDone() {
    View sales = view("sales", "b");
    View orders = view("orders");

    assertThat(deliver(sent::add, sales, orders)).isEmpty();

    assertThat(orders.applied).containsExactly("a", "b", "c", "d");
    assertThat(sales.applied).containsExactly("a");
    assertThat(sent)
        .containsExactly(
            position("b", 2, METADATA), position("c", 3, METADATA), position("d", 4, Metadata.NONE))
        .isEqualTo(marked);
  }

  @Test
  void batchIsDeliveredAgain_whenAllViewsAreThrottled() {
    Optional<BatchFailure> failure = deliver(sent::add, view("sales", "b"), view("orders", "c"));

    assertThat(failure.map(BatchFailure::index)).contains(1);
    assertThat(sent).isEmpty();
  }

  @Test
  void batchIsDeliveredAgainFromAStreamThatCannotBeParked() {
    Parking full =
        position -> {
          if (position.stream().key().equals("c")) {
            throw new IllegalStateException("No queue");
          }
          sent.add(position);
        };

    Optional<BatchFailure> failure = deliver(full, view("orders"), view("sales", "b"));

    assertThat(failure.map(BatchFailure::index)).contains(2);
    assertThat(sent).containsExactly(position("b", 2, METADATA));
  }

  @Test
  void subscriberThatIsNotParkedHoldsTheBatchUp() {
    View feed = new View("feed", Set.of("b"), new ThrottledException(null), false);

    assertThat(deliver(sent::add, feed, view("orders")).map(BatchFailure::index)).contains(1);
    assertThat(sent).isEmpty();
  }

  @Test
  void otherFailuresHoldTheBatchUp() {
    View sales = new View("sales", Set.of("c"), new IllegalStateException("Unreachable"), true);

    assertThat(deliver(sent::add, sales, view("orders")).map(BatchFailure::index)).contains(2);
    assertThat(sent).isEmpty();
  }
}
