package io.streamkeep.kernel.command;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Waiting, elapsed time and randomness, which tests replace. */
public interface Sleeper {

  /** Elapsed time since an arbitrary moment, in nanoseconds. */
  long nanoTime();

  /** Waits; returns immediately for 0 nanoseconds. */
  void sleep(long nanos);

  /** A random number from 0 (inclusive) to 1 (exclusive). */
  double random();

  /**
   * Waits in the calling thread.
   *
   * @param random asked for a generator each time, so that processes restored from one snapshot
   *     don't share a seed
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
          throw new IllegalStateException("Interrupted while waiting", e);
        }
      }

      @Override
      public double random() {
        return random.get().nextDouble();
      }
    };
  }
}
