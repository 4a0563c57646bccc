package io.streamkeep.kernel;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits between tries, so that writers who collided once do not collide again. */
@FunctionalInterface
public interface Backoff {

  /** Returns when it is time for the next try; {@code tries} have been made, at least one. */
  void await(int tries);

  /** A random time below {@code step} times the tries made: short at first, spread wider later. */
  static Backoff jittered(Duration step, RandomGenerator random) {
    return tries -> {
      try {
        Thread.sleep(Duration.ofNanos(random.nextLong(step.toNanos() * tries)));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while waiting for another try", e);
      }
    };
  }
}
