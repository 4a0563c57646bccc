package io.streamkeep.functions.reconciler;

import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.reconcile.CursorAudit;
import io.streamkeep.kernel.reconcile.CursorAudit.Progress;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore.Checkpoint;
import io.streamkeep.kernel.reconcile.ScanCycle;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
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
    Progress progress =
        audit.run(
            cycle.position(), end, (subscriber, cursor) -> park(subscriber, cursor.stream(), line));
    String next = progress.next();
    boolean unused =
        checkpoints.put(checkpoint, next == null ? cycle.next(clock.instant()) : cycle.at(next));
  }

  private boolean isDue(ScanCycle cycle) {
    boolean began = cycle.position() != null || cycle.previous() == null;
    return began || !clock.instant().isBefore(cycle.start().plus(INTERVAL));
  }

  /** A delivery of nothing reports what is wrong, unless the subscriber is parked already. */
  private void park(Subscriber subscriber, StreamId stream, LogLine line) {
    try {
      subscriber.deliver(stream, List.of());
    } catch (PoisonException e) {
      dispatcher.park(subscriber, stream, e, line);
    }
  }
}
