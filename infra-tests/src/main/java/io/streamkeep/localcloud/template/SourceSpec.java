package io.streamkeep.localcloud.template;

import java.time.Duration;
import java.util.Optional;

/** From where, and how, events are brought to a function. */
public sealed interface SourceSpec {
  String name();

  /**
   * A table's stream, from its oldest record on.
   *
   * @param table the table's logical id
   * @param partial whether the function says which items failed (ReportBatchItemFailures)
   * @param retries how often a batch is tried again, -1 without end
   * @param maxAge the age in seconds at which a record is given up, -1 never
   * @param onFailure the logical id of the queue that hears of batches given up
   */
  record Stream(
      String name,
      String table,
      int batchSize,
      boolean partial,
      boolean bisect,
      int retries,
      int maxAge,
      Optional<String> onFailure)
      implements SourceSpec {}

  /**
   * A queue.
   *
   * @param queue the queue's logical id
   * @param partial whether the function says which items failed (ReportBatchItemFailures)
   */
  record Queue(String name, String queue, int batchSize, boolean partial) implements SourceSpec {}

  /** A rule of EventBridge that fires in regular periods, for the first time after one. */
  record Schedule(String name, Duration period) implements SourceSpec {}
}
