package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The way of items from a shard or queue to a function: some go missing, some come late. */
final class Detour<T> {
  /** Decides for each item. */
  interface Decisions {
    /** The fault of this kind that happens to the next item, if one does. */
    Optional<Fault> next(FaultKind kind);

    /** From 0 to bound - 1. */
    int roll(FaultKind kind, int bound);

    boolean over();
  }

  private record Held<T>(T item, Instant due, boolean copy) {}

  private final Function<T, String> key;
  private final Decisions decisions;
  private final InstantSource clock;
  private final List<Held<T>> held = new ArrayList<>();

  /**
   * Begins empty.
   *
   * @param key what the order of items is kept for
   */
  Detour(Function<T, String> key, Decisions decisions, InstantSource clock) {
    this.key = key;
    this.decisions = decisions;
    this.clock = clock;
  }

  synchronized boolean holds() {
    return !held.isEmpty();
  }

  /** What is to be delivered after these have come. */
  synchronized List<T> pass(List<T> items) {
    List<T> out = due();
    for (T item : items) {
      if (decisions.next(FaultKind.DROP).isEmpty()) {
        pass(item, out);
      }
    }
    reorder(out);
    return out;
  }

  private void pass(T item, List<T> out) {
    Optional<Instant> queue = queue(key.apply(item));
    Optional<Instant> due = decisions.next(FaultKind.DELAY).map(fault -> in(fault.by()));
    if (due.isPresent() || queue.isPresent()) {
      held.add(new Held<>(item, latest(due, queue), false));
    } else {
      out.add(item);
    }
    decisions
        .next(FaultKind.DUPLICATE)
        .ifPresent(fault -> held.add(new Held<>(item, in(fault.by()), true)));
  }

  /** When the last of an item is let go, if some of it is held back: others line up behind it. */
  private Optional<Instant> queue(String item) {
    return held.stream()
        .filter(h -> !h.copy() && key.apply(h.item()).equals(item))
        .map(Held::due)
        .max(Instant::compareTo);
  }

  private static Instant latest(Optional<Instant> one, Optional<Instant> other) {
    Instant first = one.orElse(Instant.MIN);
    Instant second = other.orElse(Instant.MIN);
    return first.isAfter(second) ? first : second;
  }

  private Instant in(Duration time) {
    return clock.instant().plus(time);
  }

  private List<T> due() {
    List<T> out = new ArrayList<>();
    Instant now = clock.instant();
    for (Iterator<Held<T>> all = held.iterator(); all.hasNext(); ) {
      Held<T> next = all.next();
      if (decisions.over() || !next.due().isAfter(now)) {
        out.add(next.item());
        all.remove();
      }
    }
    return out;
  }

  private void reorder(List<T> items) {
    for (int from = items.size() - 2; from >= 0; from--) {
      int room = room(items, from);
      if (room > 0 && decisions.next(FaultKind.REORDER).isPresent()) {
        int places = 1 + decisions.roll(FaultKind.REORDER, room);
        Collections.rotate(items.subList(from, from + places + 1), -1);
      }
    }
  }

  /** How many places an item can go back before it meets another of its own. */
  private int room(List<T> items, int from) {
    String own = key.apply(items.get(from));
    int to = from + 1;
    while (to < items.size() && !key.apply(items.get(to)).equals(own)) {
      to++;
    }
    return to - from - 1;
  }
}
