package io.streamkeep.retail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Works on several things at once, each on a virtual thread, so many at most. */
final class InFlight {

  /** The work on one thing. */
  interface Work<T, R> {
    R on(T thing) throws IOException, InterruptedException;
  }

  private final int width;

  InFlight(int width) {
    this.width = width;
  }

  /** The results in the order of the things; the first failure stops what is still under way. */
  <T, R> List<R> map(Collection<T> things, Work<T, R> work)
      throws IOException, InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(width, Thread.ofVirtual().factory())) {
      List<Future<R>> futures = new ArrayList<>();
      for (T thing : things) {
        futures.add(threads.submit(() -> work.on(thing)));
      }
      try {
        return results(futures);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static <R> List<R> results(List<Future<R>> futures)
      throws IOException, InterruptedException {
    List<R> results = new ArrayList<>();
    for (Future<R> future : futures) {
      try {
        results.add(future.get());
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw new IllegalStateException(e.getCause());
      }
    }
    return results;
  }
}
