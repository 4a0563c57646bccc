package io.streamkeep.kernel.memory;

import io.streamkeep.kernel.command.Sleeper;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Virtual time that passes only during sleeps. Its random numbers are always 0.5. Not thread-safe.
 */
public final class FakeClock implements Sleeper, InstantSource {

  private final List<Long> sleeps = new ArrayList<>();
  private final Instant start;
  private long now;

  public FakeClock(Instant start) {
    this.start = start;
  }

  /** Every sleep so far, in nanoseconds. */
  public List<Long> sleeps() {
    return List.copyOf(sleeps);
  }

  public void advance(long nanos) {
    now += nanos;
  }

  @Override
  public Instant instant() {
    return start.plusNanos(now);
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void sleep(long nanos) {
    sleeps.add(nanos);
    now += nanos;
  }

  @Override
  public double random() {
    return 0.5;
  }
}
