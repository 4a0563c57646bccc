package io.streamkeep.testkit;

import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.contract.ForwardingEventStore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Processes that run one at a time, in an order that a seed decides: time goes by only while all of
 * them wait, so nothing depends on the machine.
 */
final class Simulation implements Sleeper {

  private static final long HALF_A_ROUND_TRIP = 2_000_000;

  private record Sleeper(long until, long order, CompletableFuture<Void> woken) {}

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(
          Comparator.comparingLong(Sleeper::until).thenComparingLong(Sleeper::order));
  private final Random random;
  private long now;
  private long order;
  private int halves;

  Simulation(long seed) {
    random = new Random(seed);
  }

  int requests() {
    return halves / 2;
  }

  /** Runs all until each has ended; what one throws, this throws. */
  void run(List<Runnable> processes) {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Runnable process : processes) {
      CompletableFuture<Void> start = sleeper(0);
      ends.add(
          start.thenRunAsync(process, r -> new Thread(r).start()).whenComplete((v, e) -> next()));
    }
    next();
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
  }

  private synchronized CompletableFuture<Void> sleeper(long nanos) {
    Sleeper sleeper = new Sleeper(now + nanos, order++, new CompletableFuture<>());
    sleepers.add(sleeper);
    return sleeper.woken();
  }

  private void next() {
    @Nullable Sleeper next;
    synchronized (this) {
      next = sleepers.poll();
      now = next == null ? now : next.until();
    }
    if (next != null) {
      next.woken().complete(null);
    }
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public void sleep(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("Time does not go back: " + nanos);
    }
    CompletableFuture<Void> woken = sleeper(nanos);
    next();
    woken.join();
  }

  @Override
  public synchronized double random() {
    return random.nextDouble();
  }

  /** A store that is four milliseconds away, more or less. */
  EventStore away(EventStore store) {
    return new ForwardingEventStore(store) {
      @Override
      public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
        travel();
        History history = super.load(stream, upTo, usable);
        travel();
        return history;
      }

      @Override
      public AppendResult append(List<Write> writes, List<Head> unchanged) {
        travel();
        AppendResult result = super.append(writes, unchanged);
        travel();
        return result;
      }
    };
  }

  private void travel() {
    halves++;
    sleep((long) (HALF_A_ROUND_TRIP * (0.8 + 0.4 * random())));
  }
}
