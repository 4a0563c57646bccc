package io.streamkeep.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When those who write to one stream at the same time try: in turns that end with each commit whose
 * number {@value #TURN} divides, which all of them know without a word. Whoever has just won knows
 * the stream's end half a round trip before the others and wins again; so in a busy stream it goes
 * on, a request a command, until its turn ends, and waits there. The others sleep until about then,
 * look, and wait for another turn if they come late: that costs a request, but no lost try. Who
 * comes new stands back for up to two turns, and who has lost comes the earlier the more often it
 * has.
 *
 * <p>Eight writers without pause take 1.6 requests a command, and none needs more than 16 tries in
 * 400 commands (a simulation, 2,000 times). Trying at once takes 5.0 and up to 351, a random wait
 * that doubles 1.7 and up to 32. Waits are in round trips, as they are measured here.
 */
final class Turns {

  private static final int TURN = 10;

  /** How long the winner gives way at the end of its turn, in round trips. */
  private static final double GIVE_WAY = 2;

  /** A turn of others takes a little longer than its commits: there are lost tries in it. */
  private static final double PACE = 1.06;

  /** How many turns a newcomer may stand back. */
  private static final int STAND_BACK = 2;

  /** What was learned longer ago than this was merely old when it proved wrong, in round trips. */
  private static final double OLD = 3;

  /** How many own turns a stream is taken for busy after a race that was lost. */
  private static final int BUSY = 4;

  private static final int STREAMS = 1000;

  /** Of a round trip's difference, as TCP takes it (RFC 6298), unless it is far shorter. */
  private static final double WEIGHT = 0.125;

  /**
   * A longer one is a connection that was made first, or a try that was repeated, in nanoseconds.
   */
  private static final double LONGEST_ROUND_TRIP = 20e6;

  private final Pause pause;
  private double roundTrip;

  private final Map<StreamId, Stream> streams =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, Stream> eldest) {
          return size() > STREAMS;
        }
      };

  Turns(Pause pause) {
    this.pause = pause;
  }

  /** What is remembered of a stream from command to command. */
  private static final class Stream {
    private long learned;
    private int busy;
  }

  /** One command's place among those who write to a stream. */
  synchronized Turn enter(StreamId stream) {
    return new Turn(streams.computeIfAbsent(stream, s -> new Stream()));
  }

  private synchronized double roundTrip() {
    return roundTrip;
  }

  private synchronized void measured(double nanos) {
    double sample = Math.min(nanos, LONGEST_ROUND_TRIP);
    boolean first = roundTrip == 0 || sample < roundTrip / 2;
    roundTrip += (sample - roundTrip) * (first ? 1 : WEIGHT);
  }

  /** What to do after a race that was lost. */
  enum Next {
    /** Try again on what the winner left. */
    TRY,
    /** Look how far the stream has come, and then {@link Turn#looked}. */
    LOOK
  }

  /** A command's tries; it waits in these calls. */
  final class Turn {

    private final Stream stream;
    private long sent;
    private boolean raced;
    private boolean inTurn;
    private int lost;
    private long aim;

    private Turn(Stream stream) {
      this.stream = stream;
    }

    /** Before the first try, on a stream that is believed to end with a commit. */
    void first(long head) {
      long since = pause.nanoTime() - stream.learned;
      if (stream.busy > 0 && head % TURN == 0 && since < GIVE_WAY * roundTrip()) {
        stream.busy--;
        sleep(GIVE_WAY * roundTrip() - since);
      }
    }

    /** Before each request. */
    void sent() {
      sent = pause.nanoTime();
    }

    /** After each request, if it was no lost try and no look. */
    void answered() {
      long now = pause.nanoTime();
      measured((double) (now - sent));
      stream.learned = now;
    }

    /** After a try that was lost; the winner's commit is {@code head}. */
    Next lost(long head) {
      long age = sent - stream.learned;
      answered();
      if (age > OLD * roundTrip()) {
        return Next.LOOK;
      }
      if (stream.busy == 0 && !raced) {
        raced = true;
        return Next.TRY;
      }
      stream.busy = BUSY;
      if (inTurn) {
        lost++;
      }
      sleepUntilTurn(head);
      return Next.LOOK;
    }

    /** After a look; false if it is another's turn: this has slept until the next, look again. */
    boolean looked(long before, long head) {
      answered();
      if (stream.busy == 0 || head == before || head <= aim || head % TURN == 0) {
        inTurn = stream.busy > 0;
        return true;
      }
      sleepUntilTurn(head);
      return false;
    }

    /** Waits after a try that was lost on several streams at once, where turns would not meet. */
    void standBack(int tries) {
      sleep(pause.random() * 2 * tries * roundTrip());
    }

    private void sleepUntilTurn(long head) {
      inTurn = false;
      int turns = (int) (pause.random() * (Math.max(0, STAND_BACK - lost) + 1));
      aim = head + Math.floorMod(-head, TURN) + (long) TURN * turns;
      double early = GIVE_WAY * (1 + pause.random()) / Math.scalb(1.0, lost + 1);
      sleep(Math.max(0, aim - head - 1 + early) * PACE * roundTrip());
    }

    private void sleep(double nanos) {
      pause.sleep((long) nanos);
    }
  }
}
