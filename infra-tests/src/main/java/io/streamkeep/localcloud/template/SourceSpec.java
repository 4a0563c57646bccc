package io.streamkeep.localcloud.template;

import java.time.Duration;
import java.util.Optional;

/** A source of a function's events, and how they are delivered. */
public sealed interface SourceSpec {
  String name();

  /**
   * A table's stream, read from its oldest record.
   *
   * @param table the table's logical id
   * @param partial whether the function reports the failed items (ReportBatchItemFailures)
   * @param retries the limit of a batch's retries; -1 for none
   * @param maxAge the age in seconds at which a record is discarded; -1 for none
   * @param onFailure the logical id of the queue that receives discarded batches' positions
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
   * @param partial whether the function reports the failed items (ReportBatchItemFailures)
   */
  record Queue(String name, String queue, int batchSize, boolean partial) implements SourceSpec {}

  /** An EventBridge rule that fires periodically, first after one period. */
  record Schedule(String name, Duration period) implements SourceSpec {}
}
