package io.streamkeep.kernel.command;

/** The time that a request to the store takes, as it is measured here; waits are counted in it. */
final class RoundTrip {

  /** Of a round trip's difference, as TCP takes it (RFC 6298), unless it is far shorter. */
  private static final double WEIGHT = 0.125;

  /**
   * A longer one is a connection that was made first, or a try that was repeated, in nanoseconds.
   */
  private static final double LONGEST = 200e6;

  private final Sleeper pause;
  private double nanos;

  RoundTrip(Sleeper pause) {
    this.pause = pause;
  }

  Sleeper pause() {
    return pause;
  }

  /** 0 until one was measured. */
  synchronized double nanos() {
    return nanos;
  }

  /** One that has just ended. */
  synchronized void measured(long since) {
    double sample = Math.min((double) (pause.nanoTime() - since), LONGEST);
    boolean first = nanos == 0 || sample < nanos / 2;
    nanos += (sample - nanos) * (first ? 1 : WEIGHT);
  }

  /** Waits for up to so many. */
  void sleepUpTo(double roundTrips) {
    pause.sleep((long) (pause.random() * roundTrips * nanos()));
  }
}
