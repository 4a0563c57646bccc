package io.streamkeep.importer;

import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs tasks on virtual threads, at most {@code concurrency} of them at a time. */
public record BoundedExecutor(int concurrency) {

  /** A task that may be interrupted. */
  public interface Task<T> {
    void run(T input) throws IOException, InterruptedException;
  }

  /** Returns once the task has run for every item; the first failure interrupts the others. */
  public <T> void forEach(Collection<T> inputs, Task<T> task)
      throws IOException, InterruptedException {
    try (ExecutorService threads =
        Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().factory())) {
      try {
        List<Future<Void>> futures =
            inputs.stream().map(input -> threads.submit(callable(task, input))).toList();
        for (Future<Void> future : futures) {
          future.get();
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException io) {
          throw io;
        }
        throw new IllegalStateException(e.getCause());
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static <T> Callable<Void> callable(Task<T> task, T input) {
    return () -> {
      task.run(input);
      return null;
    };
  }
}
