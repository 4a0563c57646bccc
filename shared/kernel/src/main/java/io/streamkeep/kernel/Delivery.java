package io.streamkeep.kernel;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Hands a batch of delivered commits to the subscribers. A subscriber that can't go on in a stream
 * is parked there, and every other stream and subscriber goes on; a failure of the infrastructure
 * stops the batch, to be delivered again from there.
 */
public final class Delivery {

  private final List<Subscriber> subscribers;
  private final Parking parking;
  private final InstantSource clock;
  private final Consumer<Poisoned> onParked;

  public Delivery(
      List<Subscriber> subscribers,
      Parking parking,
      InstantSource clock,
      Consumer<Poisoned> onParked) {
    this.subscribers = List.copyOf(subscribers);
    this.parking = parking;
    this.clock = clock;
    this.onParked = onParked;
  }

  /** That a subscriber was parked, and why. */
  public record Poisoned(Parking.Pointer pointer, PoisonException reason) {}

  /**
   * One delivered commit.
   *
   * @param commit null if it can't be read; the subscribers then meet it in the event store
   */
  public record Item(StreamId stream, long number, @Nullable Commit commit) {}

  /** The batch is to be delivered again from its item at {@code index}. */
  public record Stopped(int index, RuntimeException cause) {}

  /** Delivers a batch; empty if all of it was taken in or parked. */
  public Optional<Stopped> deliver(List<Item> batch) {
    for (Map.Entry<StreamId, List<Integer>> stream : byStream(batch).entrySet()) {
      List<Item> items = stream.getValue().stream().map(batch::get).toList();
      try {
        deliver(stream.getKey(), items);
      } catch (RuntimeException e) {
        // Not the commits' fault, or it would have been parked. Streams are in the order of their
        // first items, so nothing before this one is left undone.
        return Optional.of(new Stopped(stream.getValue().getFirst(), e));
      }
    }
    return Optional.empty();
  }

  private static Map<StreamId, List<Integer>> byStream(List<Item> batch) {
    Map<StreamId, List<Integer>> indexes = new LinkedHashMap<>();
    for (int i = 0; i < batch.size(); i++) {
      indexes.computeIfAbsent(batch.get(i).stream(), s -> new ArrayList<>()).add(i);
    }
    return indexes;
  }

  private void deliver(StreamId stream, List<Item> items) {
    Map<Long, Commit> commits = new TreeMap<>();
    boolean readable = true;
    for (Item item : items) {
      if (item.commit() == null) {
        readable = false;
      } else {
        commits.put(item.number(), item.commit());
      }
    }
    for (Subscriber subscriber : subscribers) {
      if (subscriber.wants(stream)) {
        deliver(subscriber, stream, readable ? List.copyOf(commits.values()) : List.of());
      }
    }
  }

  private void deliver(Subscriber subscriber, StreamId stream, List<Commit> commits) {
    try {
      subscriber.deliver(stream, commits);
    } catch (PoisonException e) {
      Parking.Pointer pointer = e.pointer(subscriber.name(), stream);
      parking.park(pointer); // first: what is remembered as parked is known to come again
      subscriber.park(pointer, e.reason(), clock.instant());
      onParked.accept(new Poisoned(pointer, e));
    }
  }
}
