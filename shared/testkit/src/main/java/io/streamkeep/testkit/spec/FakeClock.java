package io.streamkeep.testkit.spec;

import io.streamkeep.kernel.command.Sleeper;

import java.util.ArrayList;
import java.util.List;

/** Time that goes by only while somebody waits, and chance that is always half. */
final class FakeClock implements Sleeper {

  private final List<Long> waits = new ArrayList<>();
  private long now;

  /** What was waited, in nanoseconds. */
  List<Long> waits() {
    return waits;
  }

  void goBy(long nanos) {
    now += nanos;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void sleep(long nanos) {
    waits.add(nanos);
    now += nanos;
  }

  @Override
  public double random() {
    return 0.5;
  }
}
