package io.streamkeep.aws.log;

/** The message of a log line. */
public enum LogEvent {
  REQUEST("Request"),
  BATCH("Batch"),
  PARKED("Parked"),
  BATCH_FAILED("Batch failed"),
  REDELIVERY("Redelivery"),
  RECONCILIATION("Reconciliation"),
  REPAIRED("Repaired"),
  PRIMING_FAILED("Priming failed");

  private final String message;

  LogEvent(String message) {
    this.message = message;
  }

  String message() {
    return message;
  }
}
