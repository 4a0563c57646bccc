package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers batches of commits to subscribers. A subscriber that can't continue in a stream is
 * parked there, while other streams and subscribers continue. An infrastructure failure stops only
 * that subscriber, and the batch has to be delivered again from there.
 */
public final class Dispatcher {

  private final List<Subscriber> subscribers;
  private final Parking parking;
  private final InstantSource clock;
  private final Consumer<ParkedNotice> onParked;

  /**
   * Delivers to some subscribers.
   *
   * @param parking receives the positions of subscribers that can't continue
   * @param clock dates the parking of positions
   * @param onParked notified of each parked subscriber
   */
  public Dispatcher(
      List<Subscriber> subscribers,
      Parking parking,
      InstantSource clock,
      Consumer<ParkedNotice> onParked) {
    this.subscribers = List.copyOf(subscribers);
    this.parking = parking;
    this.clock = clock;
    this.onParked = onParked;
  }

  /** A subscriber that was parked, and the reason. */
  public record ParkedNotice(ParkedPosition position, PoisonException reason) {}

  /**
   * A delivered commit.
   *
   * @param commit null if it can't be read; subscribers then read it from the event store
   */
  public record DeliveredCommit(StreamId stream, long number, @Nullable Commit commit) {}

  /** The batch has to be delivered again from {@code index}. */
  public record BatchFailure(int index, RuntimeException cause) {}

  /** Delivers a batch; empty if everything was applied or parked. */
  public Optional<BatchFailure> deliver(List<DeliveredCommit> batch) {
    SequencedMap<StreamId, List<DeliveredCommit>> streams = new LinkedHashMap<>();
    for (DeliveredCommit delivered : batch) {
      streams.computeIfAbsent(delivered.stream(), s -> new ArrayList<>()).add(delivered);
    }
    Map<StreamId, RuntimeException> failures = new HashMap<>();
    for (Subscriber subscriber : subscribers) {
      deliver(subscriber, streams).forEach(failures::putIfAbsent);
    }
    for (int i = 0; i < batch.size(); i++) {
      RuntimeException failure = failures.get(batch.get(i).stream());
      if (failure != null) {
        return Optional.of(new BatchFailure(i, failure));
      }
    }
    return Optional.empty();
  }

  /** Returns infrastructure failures by stream; poison is parked. */
  private Map<StreamId, RuntimeException> deliver(
      Subscriber subscriber, SequencedMap<StreamId, List<DeliveredCommit>> streams) {
    SequencedMap<StreamId, List<Commit>> handled = new LinkedHashMap<>();
    streams.forEach(
        (stream, delivered) -> {
          if (subscriber.handles(stream)) {
            handled.put(stream, commits(delivered));
          }
        });
    Map<StreamId, RuntimeException> failures = new HashMap<>();
    subscriber
        .deliver(handled)
        .forEach(
            (stream, failure) ->
                park(subscriber, stream, failure)
                    .ifPresent(remaining -> failures.put(stream, remaining)));
    return failures;
  }

  /** Distinct commits, ascending; none if one of them can't be read. */
  private static List<Commit> commits(List<DeliveredCommit> deliveries) {
    Map<Long, Commit> commits = new TreeMap<>();
    for (DeliveredCommit delivered : deliveries) {
      if (delivered.commit() == null) {
        return List.of();
      }
      commits.put(delivered.number(), delivered.commit());
    }
    return List.copyOf(commits.values());
  }

  /** Parks poison; returns a failure that is not poison, or that of parking itself. */
  private Optional<RuntimeException> park(
      Subscriber subscriber, StreamId stream, RuntimeException failure) {
    if (!(failure instanceof PoisonException poison)) {
      return Optional.of(failure);
    }
    ParkedPosition position = poison.position(subscriber.name(), stream);
    try {
      parking.park(position); // first, so that whatever is marked as parked is redelivered
      subscriber.park(position, poison.reason(), clock.instant());
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
    onParked.accept(new ParkedNotice(position, poison));
    return Optional.empty();
  }
}
