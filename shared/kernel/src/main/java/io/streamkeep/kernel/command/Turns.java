package io.streamkeep.kernel.command;

import io.streamkeep.kernel.store.StreamId;

/**
 * When those who write to one stream at the same time try. Who has lost a race tries again at once;
 * if it loses again, it stands aside for a moment and looks how far the stream has come: that is
 * all there is to it where some meet by chance, or come all at once and are gone.
 *
 * <p>If the stream has come as far as with one who writes to it without pause, there are turns.
 * Whoever has just won knows the stream's end half a round trip before the others and wins again;
 * so it goes on, a request a command. Turns end with each commit whose number {@value #TURN}
 * divides, which all know without a word: there it gives way for a moment. The others look now and
 * then; who finds the stream at a turn's end, or less far than it would be if nobody had left,
 * tries. A look costs a request, but no lost try, and as each looks when it likes, one of them soon
 * sees that a writer has left. Who has looked in vain for long comes to each turn's end. Who never
 * lost does not know that there are others, who can't win before it waits: so it does, at the end
 * of its second turn, the fourth, the eighth and so on.
 *
 * <p>Eight writers without pause take 1.4 requests a command and 1.1 times the time of one, and
 * none needs more than 16 tries in 400 commands. Trying at once takes 5.2 requests and up to 351
 * tries; a wait by chance that is longer after each loss, and a look, up to 23 tries; one that
 * doubles, 2.4 times the time. Eight with pauses of sixteen round trips on average are done in four
 * (a try on what is warm, a look, and a try, are three); with turns it would be sixteen (a
 * simulation, {@code ContentionTest}). Waits are in round trips, as they are measured here.
 */
final class Turns {

  private static final int TURN = 25;

  /** How long the winner gives way at the end of its turn, in round trips. */
  private static final double GIVE_WAY = 1.25;

  /** How many commits others wait for at least before they look, and how many more at most. */
  private static final int LOOK = 7;

  private static final int LOOK_LATER = 14;

  /** After how many looks in vain who waits comes to each turn's end. */
  private static final int PATIENCE = 60;

  /** How late it comes at least, and how much later at most, in round trips. */
  private static final double LATE = 0.3;

  private static final double LATER = 0.9;

  /** Who has left has left the stream short of where it would be by more than this part. */
  private static final double SHORT = 0.2;

  /** A stream that comes less far than this part of what one writer without pause does is slow. */
  private static final double SLOW = 0.65;

  /** What was learned longer ago than this was merely old when it proved wrong, in round trips. */
  private static final double OLD = 3;

  /** How long at most who has lost twice stands aside before it looks, in round trips. */
  private static final double ASIDE = 4;

  /** For how many own turns after a race that was lost a stream is taken for busy. */
  private static final int BUSY = 16;

  private final RoundTrip roundTrip;
  private final PerStream<Stream> streams = new PerStream<>(Stream::new);

  Turns(RoundTrip roundTrip) {
    this.roundTrip = roundTrip;
  }

  /** What is remembered of a stream from command to command. */
  private static final class Stream {
    private long learned;
    private int busy;

    /** Own turns that have ended since a race was lost. */
    private int ended;

    private boolean givesWay() {
      boolean others = busy > 0;
      busy = Math.max(0, busy - 1);
      ended++;
      return others || (ended > 1 && Integer.bitCount(ended) == 1);
    }
  }

  /** One command's place among those who write to a stream. */
  Manners enter(StreamId stream) {
    return new Turn(streams.of(stream));
  }

  private final class Turn implements Manners {

    private final Stream stream;
    private long sent;
    private boolean raced;

    /** Where the stream ended when that was known last before a loss, and when that was. */
    private long seen;

    private long seenAt;

    /** Whether this waits for the commit {@code aim}, to look. */
    private boolean waits;

    private long aim;

    private int looks;

    private Turn(Stream stream) {
      this.stream = stream;
    }

    @Override
    public boolean trusts(StreamId only) {
      return true;
    }

    @Override
    public void first(LoadedStreams known) {
      long now = now();
      double since = age(now);
      if (known.current()) {
        stream.learned = now; // loaded this moment: if it proves wrong, it is not for being old
      }
      boolean turnEnds = known.commit() > 0 && known.commit() % TURN == 0;
      if (turnEnds && since < GIVE_WAY * roundTrip.nanos() && stream.givesWay()) {
        sleep(GIVE_WAY * roundTrip.nanos() - since);
      }
    }

    @Override
    public void sent() {
      sent = now();
    }

    @Override
    public void done() {
      roundTrip.measured(sent);
      stream.learned = now();
    }

    @Override
    public void lost(Loss loss, int tries, LoadedStreams known) {
      if (loss.why() != AttemptEvent.CONFLICT) {
        roundTrip.measured(sent);
        roundTrip.sleepUpTo(2 * tries);
        return;
      }
      boolean look = lost(known.commit());
      while (look) {
        long before = known.commit();
        sent();
        known.reload();
        look = !looked(before, known.commit()) && !loss.late().getAsBoolean();
      }
    }

    /** Whether to look how far the stream has come, or to try on what the winner left. */
    private boolean lost(long head) {
      seen = head - 1;
      seenAt = stream.learned;
      boolean old = age(sent) > OLD * roundTrip.nanos();
      done();
      stream.ended = 0;
      waits = false;
      if (old) {
        return true;
      }
      if (stream.busy == 0 && !raced) {
        raced = true;
        return false;
      }
      if (stream.busy == 0) {
        roundTrip.sleepUpTo(ASIDE);
        return true;
      }
      stream.busy = BUSY;
      sleepUntilLook(head);
      return true;
    }

    /** False if it is another's turn: this has slept on, look again. */
    private boolean looked(long before, long head) {
      done();
      boolean idle = waits ? hasStopped(before, head) : isSlow(head);
      if (!waits) {
        stream.busy = idle ? 0 : BUSY;
      }
      if (idle || head % TURN == 0) {
        return true;
      }
      sleepUntilLook(head);
      return false;
    }

    /** Whether whose turn it was has left before this came. */
    private boolean hasStopped(long before, long head) {
      return head == before || head < aim - 1 - SHORT * (aim - before);
    }

    /** Whether the stream has come less far than with one who writes to it without pause. */
    private boolean isSlow(long head) {
      return (head - seen) * roundTrip.nanos() < SLOW * (stream.learned - seenAt);
    }

    /**
     * Where the stream ends was found out half a round trip ago, its last commit is half a one
     * older, and a look is under way for half a one.
     */
    private void sleepUntilLook(long head) {
      waits = true;
      looks++;
      double late = 0;
      if (looks > PATIENCE) {
        aim = (head / TURN + 1) * TURN;
        late = LATE + LATER * pause().random();
      } else {
        aim = head + LOOK + (long) (pause().random() * (LOOK_LATER + 1));
      }
      sleep(Math.max(0, aim - head - 1.5 + late) * roundTrip.nanos());
    }

    private double age(long at) {
      return at - stream.learned;
    }

    private long now() {
      return pause().nanoTime();
    }

    private void sleep(double nanos) {
      pause().sleep((long) nanos);
    }

    private Sleeper pause() {
      return roundTrip.pause();
    }
  }
}
