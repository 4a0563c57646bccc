package io.streamkeep.functions.query;

import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.memory.FakeClock;

/** Sleeps on a fake clock, and appends a commit during each sleep. */
record AppendingSleeper(FakeClock clock, Runnable append) implements Sleeper {

  @Override
  public long nanoTime() {
    return clock.nanoTime();
  }

  @Override
  public void sleep(long nanos) {
    clock.sleep(nanos);
    append.run();
  }

  @Override
  public double random() {
    return clock.random();
  }
}
