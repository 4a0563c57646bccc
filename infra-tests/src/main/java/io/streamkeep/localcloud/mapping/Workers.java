package io.streamkeep.localcloud.mapping;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The threads of a mapping; one that fails is logged and starts again, as in the service. */
final class Workers implements AutoCloseable {
  private static final long AFTER_FAILURE_MILLIS = 500;

  /** Work that goes on until it is done or interrupted. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  private final String name;
  private final Consumer<String> log;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  Workers(String name, Consumer<String> log) {
    this.name = name;
    this.log = log;
  }

  void start(Work work) {
    threads.execute(() -> runUntilDone(work));
  }

  private void runUntilDone(Work work) {
    try {
      while (!threads.isShutdown()) {
        try {
          work.run();
          return;
        } catch (RuntimeException e) { // of an emulator, or of the start of a process
          if (!threads.isShutdown()) {
            log.accept("[" + name + "] " + e);
            Thread.sleep(AFTER_FAILURE_MILLIS);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
