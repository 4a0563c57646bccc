package io.streamkeep.kernel.command;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** How a process waits, and for how long by chance. */
public interface Sleeper {

  /** The time that has gone by since some moment, in nanoseconds. */
  long nanoTime();

  /** Returns when so many nanoseconds have gone by; at once if there are none. */
  void sleep(long nanos);

  /** From 0 to 1, without 1. */
  double random();

  /**
   * That of a thread.
   *
   * @param random asked anew each time, so that none is part of a snapshot of the process, from
   *     which many would go on alike
   */
  static Sleeper real(Supplier<? extends RandomGenerator> random) {
    return new Sleeper() {
      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void sleep(long nanos) {
        try {
          Thread.sleep(nanos / 1_000_000, (int) (nanos % 1_000_000));
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IllegalStateException("Interrupted while waiting for another try", e);
        }
      }

      @Override
      public double random() {
        return random.get().nextDouble();
      }
    };
  }
}
