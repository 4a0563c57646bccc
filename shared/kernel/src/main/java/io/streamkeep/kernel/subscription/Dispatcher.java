package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Delivers batches of commits to subscribers. A subscriber that can't continue in a stream is
 * parked there, while other streams and subscribers continue. A view that is throttled while
 * another subscriber is not, such as by its totals, is parked in the rest of the batch's streams.
 * Any other infrastructure failure stops only that subscriber, and the batch has to be delivered
 * again from there.
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
    List<Delivery> deliveries =
        subscribers.stream()
            .map(subscriber -> deliver(subscriber, streams))
            .filter(delivery -> !delivery.streams.isEmpty())
            .toList();
    boolean nobodyIsThrough = deliveries.stream().noneMatch(Delivery::isThrough);
    Map<StreamId, RuntimeException> failures = new HashMap<>();
    for (Delivery delivery : deliveries) {
      Map<StreamId, RuntimeException> remaining =
          nobodyIsThrough ? delivery.failures : parkThrottled(delivery, streams);
      remaining.forEach(failures::putIfAbsent);
    }
    for (int i = 0; i < batch.size(); i++) {
      RuntimeException failure = failures.get(batch.get(i).stream());
      if (failure != null) {
        return Optional.of(new BatchFailure(i, failure));
      }
    }
    return Optional.empty();
  }

  /**
   * A subscriber's part of a batch.
   *
   * @param streams those that it handles, in the order of delivery
   * @param failures infrastructure failures by stream
   */
  private record Delivery(
      Subscriber subscriber,
      SequencedMap<StreamId, List<Commit>> streams,
      Map<StreamId, RuntimeException> failures) {

    boolean isThrough() {
      return failures.isEmpty();
    }

    /**
     * The first stream that was throttled and those after it, which may not have been attempted.
     */
    List<StreamId> throttled() {
      return streams.sequencedKeySet().stream()
          .dropWhile(stream -> !(failures.get(stream) instanceof ThrottledException))
          .toList();
    }
  }

  /** Delivers to one subscriber, and parks poison. */
  private Delivery deliver(
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
    return new Delivery(subscriber, handled, failures);
  }

  /**
   * Parks a throttled subscriber where it did not continue, up to the first position that can't be
   * parked.
   *
   * @return the failures that remain
   */
  private Map<StreamId, RuntimeException> parkThrottled(
      Delivery delivery, SequencedMap<StreamId, List<DeliveredCommit>> streams) {
    List<StreamId> throttled = delivery.throttled();
    if (throttled.isEmpty() || !delivery.subscriber.isParkedWhenThrottled()) {
      return delivery.failures;
    }
    RuntimeException cause = Objects.requireNonNull(delivery.failures.get(throttled.getFirst()));
    Map<StreamId, RuntimeException> remaining = new HashMap<>(delivery.failures);
    for (StreamId stream : throttled) {
      DeliveredCommit first = Objects.requireNonNull(streams.get(stream)).getFirst();
      Metadata metadata = first.commit() == null ? Metadata.NONE : first.commit().metadata();
      PoisonException left = new PoisonException(first.number(), metadata, cause);
      Optional<RuntimeException> failure = park(delivery.subscriber, stream, left);
      if (failure.isPresent()) {
        remaining.put(stream, failure.get());
        break;
      }
      remaining.remove(stream);
    }
    return remaining;
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
