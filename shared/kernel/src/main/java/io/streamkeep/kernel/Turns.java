package io.streamkeep.kernel;

/**
 * When those who write to one stream at the same time try. Who has lost a race tries again at once;
 * if it loses again, it stands aside for a moment and looks how far the stream has come: that is
 * all there is to it where some meet by chance, or come all at once and are gone.
 *
 * <p>If the stream has come as far as with one who writes to it without pause, there are turns,
 * that end with each commit whose number {@value #TURN} divides, which all know without a word.
 * Whoever has just won knows the stream's end half a round trip before the others and wins again;
 * so it goes on, a request a command, until its turn ends, and waits there; if nobody came, not at
 * the next one's end. The others sleep until about then, look, and wait for another turn if they
 * come late: that costs a request, but no lost try. Who comes new stands back for up to three
 * turns, and who has lost a turn comes the earlier; after three it is the first. Who never lost
 * does not know that there are others, who can't win before it waits: so it does, at the end of its
 * second turn, the fourth, the eighth and so on.
 *
 * <p>Eight writers without pause take 1.5 requests a command and 1.15 times the time of one, and
 * none needs more than 16 tries in 400 commands. Trying at once takes 5.2 requests and up to 351
 * tries; a wait by chance that is longer after each loss, and a look, up to 23 tries; one that
 * doubles, 2.4 times the time. Eight with pauses of sixteen round trips on average are done in four
 * (a try on what is warm, a look, and a try, are three); with turns it would be fifteen (a
 * simulation, {@code ContentionTest}). Waits are in round trips, as they are measured here.
 */
final class Turns {

  private static final int TURN = 10;

  /** How long the winner gives way at the end of its turn, in round trips. */
  private static final double GIVE_WAY = 1.25;

  /** How late who has lost fewer turns than it may stand back comes to an end, up to twice this. */
  private static final double LATE = 0.6;

  /** How much longer than its commits a turn of others takes, in round trips. */
  private static final double HANDOVER = 1.5;

  /** Who left before its turn's end has left the stream short of it by more than this part. */
  private static final double SHORT = 0.2;

  /** A stream that comes less far than this part of what one writer without pause does is slow. */
  private static final double SLOW = 0.65;

  /** How many turns a newcomer may stand back. */
  private static final int STAND_BACK = 3;

  /** What was learned longer ago than this was merely old when it proved wrong, in round trips. */
  private static final double OLD = 3;

  /** How long at most who has lost twice stands aside before it looks, in round trips. */
  private static final double ASIDE = 4;

  /** How many own turns a stream is taken for busy after a race that was lost. */
  private static final int BUSY = 4;

  private final RoundTrip roundTrip;
  private final PerStream<Stream> streams = new PerStream<>(Stream::new);

  Turns(RoundTrip roundTrip) {
    this.roundTrip = roundTrip;
  }

  /** What is remembered of a stream from command to command. */
  private static final class Stream {
    private long learned;
    private int busy;

    /** Own turns since it was busy. */
    private int alone;

    /** Whether it was given way at the last turn's end, and nobody has come. */
    private boolean gaveWay;

    private boolean givesWay() {
      if (busy > 0) {
        busy--;
        gaveWay = !gaveWay;
        return gaveWay;
      }
      alone++;
      return alone > 1 && Integer.bitCount(alone) == 1;
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
    private boolean inTurn;
    private int lost;

    /** Where the stream ended when that was known last before a loss, and when that was. */
    private long seen;

    private long seenAt;

    /** Whether this waits for the end of a turn, which is {@code aim}. */
    private boolean waits;

    private long aim;

    private Turn(Stream stream) {
      this.stream = stream;
    }

    @Override
    public boolean trusts(StreamId only) {
      return true;
    }

    @Override
    public void first(Knowledge known) {
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
    public void lost(Loss loss, int tries, Knowledge known) {
      if (loss.why() != Incident.CONFLICT) {
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
      stream.gaveWay = false;
      waits = false;
      if (old) {
        return true;
      }
      if (stream.busy == 0 && !raced) {
        raced = true;
        return false;
      }
      if (inTurn) {
        lost++;
      }
      if (stream.busy == 0) {
        roundTrip.sleepUpTo(ASIDE);
        return true;
      }
      stream.busy = BUSY;
      stream.alone = 0;
      standBack(head);
      sleepUntilTurn(head);
      return true;
    }

    /** False if it is another's turn: this has slept until the next, look again. */
    private boolean looked(long before, long head) {
      done();
      boolean idle = waits ? hasStopped(before, head) : isSlow(head);
      if (!waits) {
        stream.busy = idle ? 0 : BUSY;
        stream.alone = 0;
      }
      if (idle || head % TURN == 0) {
        inTurn = stream.busy > 0;
        return true;
      }
      if (!waits || head > aim) {
        standBack(head);
      }
      sleepUntilTurn(head);
      return false;
    }

    /** Whether those whose turn it was have left before its end. */
    private boolean hasStopped(long before, long head) {
      return head == before || head < aim - 1 - SHORT * (aim - before);
    }

    /** Whether the stream has come less far than with one who writes to it without pause. */
    private boolean isSlow(long head) {
      return (head - seen) * roundTrip.nanos() < SLOW * (stream.learned - seenAt);
    }

    private void standBack(long head) {
      int turns = (int) (pause().random() * (Math.max(0, STAND_BACK - lost) + 1));
      aim = head + Math.floorMod(-head, TURN) + (long) TURN * turns;
    }

    /**
     * Where the stream ends was found out half a round trip ago, its last commit is half a one
     * older, and a look is under way for half a one: so it is sent one and a half before the turn's
     * end, later by how late this comes.
     */
    private void sleepUntilTurn(long head) {
      waits = true;
      long handovers = (aim - 1) / TURN - (head - 1) / TURN;
      double late = lost < STAND_BACK ? LATE * (1 + pause().random()) : 0;
      double wait = aim - head - 1.5 + late + HANDOVER * handovers;
      sleep(Math.max(0, wait) * roundTrip.nanos());
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

    private Pause pause() {
      return roundTrip.pause();
    }
  }
}
