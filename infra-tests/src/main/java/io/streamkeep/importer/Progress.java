package io.streamkeep.importer;

import java.io.PrintWriter;

/** Prints how far a stage has come, every few seconds and at its end. */
final class Progress implements AutoCloseable {

  private static final long INTERVAL_NANOS = 5_000_000_000L;

  private final PrintWriter err;
  private final String stage;
  private final int steps;
  private int done;
  private long printed = System.nanoTime();

  Progress(PrintWriter err, String stage, int steps) {
    this.err = err;
    this.stage = stage;
    this.steps = steps;
  }

  synchronized void step() {
    done++;
    if (System.nanoTime() - printed > INTERVAL_NANOS) {
      print();
    }
  }

  private void print() {
    printed = System.nanoTime();
    err.println(stage + ": " + done + " of " + steps);
    err.flush();
  }

  @Override
  public synchronized void close() {
    print();
  }
}
