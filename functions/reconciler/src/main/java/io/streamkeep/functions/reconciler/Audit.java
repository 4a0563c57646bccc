package io.streamkeep.functions.reconciler;

import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.reconcile.CursorAudit;
import io.streamkeep.kernel.reconcile.CursorAudit.Progress;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore.Checkpoint;
import io.streamkeep.kernel.reconcile.ScanCycle;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Audits all cursors once a week, in parts: a subscriber whose cursor is damaged or ahead of its
 * stream is parked, even if nothing is delivered from that stream any more.
 *
 * @param checkpoints store how far a cycle is; a cycle begins {@link #INTERVAL} after the previous
 *     one ended
 */
record Audit(
    ScanCheckpointStore checkpoints,
    CursorAudit audit,
    LoggingDispatcher dispatcher,
    InstantSource clock) {

  static final Duration INTERVAL = Duration.ofDays(7);

  /** Time that is left for a page in progress. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  /**
   * Continues the audit until shortly before the deadline, if one is due.
   *
   * @param line gets a line of its own for each parked subscriber
   */
  void run(Instant deadline, LogLine line) {
    Instant end = deadline.minus(RESERVE);
    Checkpoint checkpoint = checkpoints.find(clock.instant());
    ScanCycle cycle = checkpoint.cycle();
    if (!isDue(cycle) || !clock.instant().isBefore(end)) {
      return;
    }
    // A delivery of nothing reports what is wrong, unless the subscriber is parked already.
    Progress progress =
        audit.run(
            cycle.position(),
            end,
            (subscriber, cursor) ->
                dispatcher.parkIfPoisoned(
                    subscriber,
                    cursor.stream(),
                    () -> subscriber.deliver(cursor.stream(), List.of()),
                    line));
    String next = progress.next();
    boolean unused =
        checkpoints.put(checkpoint, next == null ? cycle.next(clock.instant()) : cycle.at(next));
  }

  private boolean isDue(ScanCycle cycle) {
    boolean began = cycle.position() != null || cycle.previous() == null;
    return began || !clock.instant().isBefore(cycle.start().plus(INTERVAL));
  }
}
