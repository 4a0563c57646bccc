package io.streamkeep.localcloud.services;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** Counts changes, and lets threads wait for the next one. */
final class ChangeCounter {
  private final Lock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private long changes;

  void increment() {
    lock.lock();
    try {
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  long count() {
    lock.lock();
    try {
      return changes;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until the count differs from an earlier one, or the time has passed. */
  void await(long earlier, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long nanos = atMost.toNanos();
      while (changes == earlier && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }
}
