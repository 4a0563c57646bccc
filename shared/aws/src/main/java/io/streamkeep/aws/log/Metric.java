package io.streamkeep.aws.log;

/** What is counted, in CloudWatch's namespace {@value #NAMESPACE}, by function. */
public enum Metric {
  /** Commands that the business said no to. */
  REJECTED("Rejected"),
  /** Races for a commit that were lost and run again. */
  CONFLICTS("Conflicts"),
  /** Commands that gave up after as many conflicts as are allowed. */
  CONTENDED("Contended"),
  /** Transactions that met another one on the same stream and were run again. */
  COLLISIONS("Collisions"),
  /** Snapshots that were due but too large for their commit. */
  SNAPSHOTS_LEFT_OUT("SnapshotsLeftOut"),
  /** Times that the tables were asked for more than they take. */
  THROTTLED("Throttled"),
  /** Requests answered with a 500, and batches that failed as a whole. */
  FAILURES("Failures"),
  /** Records of the stream, or pointers, that the function is done with. */
  APPLIED("Applied"),
  /** Subscribers set aside in a stream. */
  PARKED("Parked"),
  /** Batches handed back from some record on. */
  STOPPED("Stopped"),
  /** Pointers to what is parked that could not be caught up this time. */
  REDELIVERY_FAILURES("RedeliveryFailures"),
  /** Subscribers in a stream that nobody had delivered to, until the reconciler did. */
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
