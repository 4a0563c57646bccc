package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The route from a shard or queue to a function, on which items are lost, repeated, delayed and
 * reordered. Items with the same key keep their order.
 */
final class DelayedRoute<T> {
  private record Held<T>(T item, Instant due, boolean copy) {}

  private final FaultInjector.InjectionPoint faults;
  private final boolean drops;
  private final Function<T, String> key;
  private final InstantSource clock;
  private final List<Held<T>> held = new ArrayList<>();

  /**
   * A route that holds nothing.
   *
   * @param drops false for a queue, which keeps what is not delivered
   */
  DelayedRoute(
      FaultInjector.InjectionPoint faults,
      boolean drops,
      Function<T, String> key,
      InstantSource clock) {
    this.faults = faults;
    this.drops = drops;
    this.key = key;
    this.clock = clock;
  }

  synchronized boolean holds() {
    return !held.isEmpty();
  }

  /** Accepts new items, and returns the items to deliver now. */
  synchronized List<T> pass(List<T> items) {
    List<T> out = due();
    for (T item : items) {
      if (!drops || faults.next(FaultKind.DROP).isEmpty()) {
        pass(item, out);
      }
    }
    reorder(out);
    return out;
  }

  private void pass(T item, List<T> out) {
    Optional<Instant> predecessor = predecessor(key.apply(item));
    Optional<Instant> delayed = faults.next(FaultKind.DELAY).map(fault -> in(fault.by()));
    Optional<Instant> due =
        delayed.map(time -> predecessor.filter(time::isBefore).orElse(time)).or(() -> predecessor);
    due.ifPresentOrElse(time -> held.add(new Held<>(item, time, false)), () -> out.add(item));
    faults
        .next(FaultKind.DUPLICATE)
        .ifPresent(fault -> held.add(new Held<>(item, in(fault.by()), true)));
  }

  /** The due time of the last held item with this key; a further item queues behind it. */
  private Optional<Instant> predecessor(String sameKey) {
    return held.stream()
        .filter(item -> !item.copy() && key.apply(item.item()).equals(sameKey))
        .map(Held::due)
        .max(Instant::compareTo);
  }

  private Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  private List<T> due() {
    Instant now = clock.instant();
    List<Held<T>> due =
        held.stream().filter(item -> faults.stopped() || !item.due().isAfter(now)).toList();
    held.removeAll(due);
    return new ArrayList<>(due.stream().map(Held::item).toList());
  }

  private void reorder(List<T> items) {
    for (int from = items.size() - 2; from >= 0; from--) {
      int room = room(items, from);
      if (room > 0 && faults.next(FaultKind.REORDER).isPresent()) {
        int places = 1 + faults.random(FaultKind.REORDER, room);
        Collections.rotate(items.subList(from, from + places + 1), -1);
      }
    }
  }

  /** The number of places by which an item can move back without passing another of its key. */
  private int room(List<T> items, int from) {
    String own = key.apply(items.get(from));
    int to = from + 1;
    while (to < items.size() && !key.apply(items.get(to)).equals(own)) {
      to++;
    }
    return to - from - 1;
  }
}
