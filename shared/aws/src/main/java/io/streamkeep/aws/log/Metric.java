package io.streamkeep.aws.log;

/** Counters in CloudWatch's namespace {@value #NAMESPACE}, by function. */
public enum Metric {
  /** Commands that the business rejected. */
  REJECTED("Rejected"),
  /** Appends that lost to a concurrent commit and were retried. */
  CONFLICTS("Conflicts"),
  /** Commands that gave up because of concurrent commits. */
  RETRIES_EXHAUSTED("RetriesExhausted"),
  /** Appends that met another transaction on the same stream and were retried. */
  TRANSACTION_CONFLICTS("TransactionConflicts"),
  /** Snapshots that were due but too large for their commit. */
  SNAPSHOTS_LEFT_OUT("SnapshotsLeftOut"),
  /** Requests that DynamoDB or SQS throttled after all of the SDK's retries. */
  THROTTLED("Throttled"),
  /** Requests answered with a 503, which clients may repeat. */
  UNAVAILABLE("Unavailable"),
  /** Requests answered with a 500, and invocations that failed. */
  FAILURES("Failures"),
  /** Damaged rows and totals that a list left out, or that were answered with a 503. */
  UNREADABLE("Unreadable"),
  /** Stream records or redelivery messages that were processed. */
  APPLIED("Applied"),
  /** Subscribers parked in a stream. */
  PARKED("Parked"),
  /** Batches that are delivered again from some record on. */
  BATCH_FAILURES("BatchFailures"),
  /** New items of the event table whose key is not a commit's; they are skipped. */
  FOREIGN_RECORDS("ForeignRecords"),
  /** Redelivery messages that failed and will be received again. */
  REDELIVERY_FAILURES("RedeliveryFailures"),
  /** Missed deliveries, by subscriber and stream, that the reconciler repaired. */
  REPAIRED("Repaired");

  static final String NAMESPACE = "Streamkeep";

  private final String title;

  Metric(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }
}
