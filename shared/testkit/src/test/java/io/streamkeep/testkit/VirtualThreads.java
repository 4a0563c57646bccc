package io.streamkeep.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Semaphore;

/**
 * Threads in a time of their own: one runs at a time, and when it waits, time goes on at once to
 * whoever is to wake up next. So what they do together is the same each time, and takes no time.
 */
final class VirtualThreads {

  private final PriorityQueue<Sleeper> sleepers =
      new PriorityQueue<>(Comparator.comparingLong(Sleeper::until).thenComparing(Sleeper::order));
  private final Semaphore finished = new Semaphore(0);
  private long now;
  private long order;

  private record Sleeper(long until, long order, Semaphore woken) {}

  long now() {
    return now;
  }

  /** Called by one of the threads. */
  void sleep(long nanos) {
    Semaphore woken = new Semaphore(0);
    sleepers.add(new Sleeper(now + Math.max(0, nanos), order++, woken));
    wakeNext();
    woken.acquireUninterruptibly();
  }

  private void wakeNext() {
    Sleeper next = sleepers.poll();
    if (next == null) {
      finished.release();
    } else {
      now = next.until();
      next.woken().release();
    }
  }

  /** Runs all until they end; each starts at a time of its own. */
  void run(List<Runnable> works, List<Long> starts) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < works.size(); i++) {
      Semaphore started = new Semaphore(0);
      sleepers.add(new Sleeper(starts.get(i), order++, started));
      Runnable work = works.get(i);
      threads.add(
          Thread.ofPlatform()
              .daemon()
              .start(
                  () -> {
                    started.acquireUninterruptibly();
                    try {
                      work.run();
                    } finally {
                      wakeNext();
                    }
                  }));
    }
    wakeNext();
    finished.acquire();
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
