package io.streamkeep.kernel;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Waits between tries, so that writers who collided once do not collide again. */
@FunctionalInterface
public interface Backoff {

  /** Returns when it is time for the next try; {@code tries} have been made, at least one. */
  void await(int tries);

  /**
   * A random time below {@code step} times the tries made: short at first, spread wider later.
   *
   * @param random asked anew at every wait, so that none is part of a snapshot of the process, from
   *     which many would go on alike
   */
  static Backoff jittered(Duration step, Supplier<? extends RandomGenerator> random) {
    return tries -> {
      try {
        Thread.sleep(Duration.ofNanos(random.get().nextLong(step.toNanos() * tries)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for another try", e);
      }
    };
  }
}
