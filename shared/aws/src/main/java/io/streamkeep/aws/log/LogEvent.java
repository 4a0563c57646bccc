package io.streamkeep.aws.log;

/** What a line of the log is about; its message is always one of these. */
public enum LogEvent {
  REQUEST("Request"),
  BATCH("Batch"),
  PARKED("Parked"),
  STOPPED("Batch stopped"),
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
