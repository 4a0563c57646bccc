package io.streamkeep.kernel.command;

import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Processes that run one at a time, in virtual time and in an order that a seed decides. Time
 * passes only while all of them wait, so nothing depends on the machine.
 */
final class Simulation implements Sleeper, InstantSource {

  /** Nanoseconds, on average. */
  static final double ROUND_TRIP = 4e6;

  private record Waiting(long until, long order, CompletableFuture<Void> woken) {}

  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(
          Comparator.comparingLong(Waiting::until).thenComparingLong(Waiting::order));
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

  /** Runs all processes to their ends; rethrows what one of them throws. */
  void run(List<Runnable> processes) {
    List<CompletableFuture<Void>> ends = new ArrayList<>();
    for (Runnable process : processes) {
      CompletableFuture<Void> start = waitFor(0);
      ends.add(
          start.thenRunAsync(process, r -> new Thread(r).start()).whenComplete((v, e) -> next()));
    }
    next();
    CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).join();
  }

  private synchronized CompletableFuture<Void> waitFor(long nanos) {
    Waiting process = new Waiting(now + nanos, order++, new CompletableFuture<>());
    waiting.add(process);
    return process.woken();
  }

  private void next() {
    @Nullable Waiting next;
    synchronized (this) {
      next = waiting.poll();
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
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanoTime());
  }

  @Override
  public void sleep(long nanos) {
    if (nanos < 0) {
      throw new IllegalArgumentException("Negative wait: " + nanos);
    }
    CompletableFuture<Void> woken = waitFor(nanos);
    next();
    woken.join();
  }

  @Override
  public synchronized double random() {
    return random.nextDouble();
  }

  /** The store at a distance of about one round trip. */
  EventStore remote(EventStore store) {
    return new ForwardingEventStore(store) {
      @Override
      public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
        travel();
        History history = super.load(stream, upTo, usable);
        travel();
        return history;
      }

      @Override
      public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
        travel();
        AppendResult result = super.append(writes, unchanged);
        travel();
        return result;
      }
    };
  }

  private void travel() {
    halves++;
    sleep((long) (ROUND_TRIP / 2 * (0.8 + 0.4 * random())));
  }
}
