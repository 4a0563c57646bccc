package io.streamkeep.functions.reconciler;

import io.streamkeep.aws.lambda.MissedDeliveryRepair;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.reconcile.Reconciler;
import io.streamkeep.kernel.reconcile.Reconciler.Slice;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore.Checkpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Runs one slice of the reconciler's cycle, from its checkpoint to the next one, or rests. */
record Reconciliation(
    ScanCheckpointStore checkpoints,
    Reconciler reconciler,
    MissedDeliveryRepair repair,
    ExpiredParking expired,
    InstantSource clock) {

  /** Time that is left for a repair in progress. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  void run(Instant deadline, LogLine line) {
    Checkpoint checkpoint = checkpoints.find(clock.instant());
    Slice slice =
        reconciler.slice(
            checkpoint.cycle(), deadline.minus(RESERVE), missed -> repair.repair(missed, line));
    if (slice.resting()) {
      line.name("outcome", "resting");
      return;
    }
    line.number("pages", slice.pages())
        .number("commits", slice.commits())
        .number("foreign", slice.foreign())
        .number("compared", slice.compared())
        .number("missed", slice.missed())
        .number("resent", slice.ended() ? expired.resend(clock.instant()) : 0)
        .name("outcome", outcome(slice, checkpoints.put(checkpoint, slice.next())));
  }

  private static String outcome(Slice slice, boolean put) {
    if (!put) {
      return "superseded";
    }
    return slice.ended() ? "cycle-ended" : "slice-ended";
  }
}
