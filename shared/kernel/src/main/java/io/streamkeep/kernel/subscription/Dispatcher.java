package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.time.InstantSource;
import java.util.ArrayList;
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
 * Hands a batch of delivered commits to the subscribers. A subscriber that can't go on in a stream
 * is parked there, and every other stream and subscriber goes on; a failure of the infrastructure
 * stops that subscriber alone, and the batch is to be delivered again from there.
 */
public final class Dispatcher {

  private final List<Subscriber> subscribers;
  private final Parking parking;
  private final InstantSource clock;
  private final Consumer<ParkedNotice> onParked;

  /**
   * Makes a delivery.
   *
   * @param parking where a pointer to what can't go on is left
   * @param clock for when that was
   * @param onParked told of each that was parked
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

  /** That a subscriber was parked, and why. */
  public record ParkedNotice(ParkedPosition pointer, PoisonException reason) {}

  /**
   * One delivered commit.
   *
   * @param commit null if it can't be read; the subscribers then meet it in the event store
   */
  public record DeliveredCommit(StreamId stream, long number, @Nullable Commit commit) {}

  /** The batch is to be delivered again from its item at {@code index}. */
  public record BatchFailure(int index, RuntimeException cause) {}

  /** Delivers a batch; empty if all of it was taken in or parked. */
  public Optional<BatchFailure> deliver(List<DeliveredCommit> batch) {
    SequencedMap<StreamId, List<DeliveredCommit>> streams = byStream(batch);
    Map<StreamId, RuntimeException> failures = new LinkedHashMap<>();
    for (Subscriber subscriber : subscribers) {
      deliver(subscriber, streams).forEach(failures::putIfAbsent);
    }
    // Streams are in the order of their first items, so nothing before this one is left undone.
    return streams.keySet().stream()
        .filter(failures::containsKey)
        .findFirst()
        .map(stream -> stopped(batch, stream, failures));
  }

  private static SequencedMap<StreamId, List<DeliveredCommit>> byStream(
      List<DeliveredCommit> batch) {
    SequencedMap<StreamId, List<DeliveredCommit>> streams = new LinkedHashMap<>();
    for (DeliveredCommit item : batch) {
      streams.computeIfAbsent(item.stream(), s -> new ArrayList<>()).add(item);
    }
    return streams;
  }

  private static BatchFailure stopped(
      List<DeliveredCommit> batch, StreamId stream, Map<StreamId, RuntimeException> failures) {
    int first = batch.stream().map(DeliveredCommit::stream).toList().indexOf(stream);
    return new BatchFailure(first, Objects.requireNonNull(failures.get(stream)));
  }

  /** What hindered it and is not the commits' fault: that was parked. */
  private Map<StreamId, RuntimeException> deliver(
      Subscriber subscriber, SequencedMap<StreamId, List<DeliveredCommit>> streams) {
    SequencedMap<StreamId, List<Commit>> wanted = new LinkedHashMap<>();
    streams.forEach(
        (stream, items) -> {
          if (subscriber.handles(stream)) {
            wanted.put(stream, commits(items));
          }
        });
    Map<StreamId, RuntimeException> failures = new LinkedHashMap<>();
    subscriber
        .deliver(wanted)
        .forEach(
            (stream, failure) ->
                parked(subscriber, stream, failure)
                    .ifPresent(hindrance -> failures.put(stream, hindrance)));
    return failures;
  }

  /** Ascending, each once; none if one can't be read. */
  private static List<Commit> commits(List<DeliveredCommit> items) {
    Map<Long, Commit> commits = new TreeMap<>();
    for (DeliveredCommit item : items) {
      if (item.commit() == null) {
        return List.of();
      }
      commits.put(item.number(), item.commit());
    }
    return List.copyOf(commits.values());
  }

  /** Empty if it is parked now; else why it can't be. */
  private Optional<RuntimeException> parked(
      Subscriber subscriber, StreamId stream, RuntimeException failure) {
    if (!(failure instanceof PoisonException poison)) {
      return Optional.of(failure);
    }
    ParkedPosition pointer = poison.pointer(subscriber.name(), stream);
    try {
      parking.park(pointer); // first: what is remembered as parked is known to come again
      subscriber.park(pointer, poison.reason(), clock.instant());
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
    onParked.accept(new ParkedNotice(pointer, poison));
    return Optional.empty();
  }
}
