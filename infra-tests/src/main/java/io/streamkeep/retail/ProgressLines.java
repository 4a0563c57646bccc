package io.streamkeep.retail;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Progress for logs: a line now and then, and one at the end of each stage. */
final class ProgressLines implements Progress {

  private static final long EVERY_NANOS = Duration.ofSeconds(5).toNanos();

  private final PrintWriter out;

  ProgressLines(PrintWriter out) {
    this.out = out;
  }

  @Override
  public Stage stage(String name, int steps) {
    return new Lines(name, steps);
  }

  private final class Lines implements Stage {

    private final String name;
    private final int steps;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicLong shown = new AtomicLong(System.nanoTime());

    private Lines(String name, int steps) {
      this.name = name;
      this.steps = steps;
    }

    @Override
    public void step() {
      done.incrementAndGet();
      long last = shown.get();
      long now = System.nanoTime();
      if (now - last > EVERY_NANOS && shown.compareAndSet(last, now)) {
        show();
      }
    }

    @Override
    public void close() {
      show();
    }

    private void show() {
      out.println(name + ": " + done.get() + " of " + steps);
      out.flush();
    }
  }
}
