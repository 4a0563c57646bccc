package io.streamkeep.localcloud.faults;

import java.time.Duration;

/**
 * Thrown by a fault at a call of a function; its kind says how the call is answered, or how the
 * environment that made it ends.
 */
public final class CallFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final FaultKind kind;
  private final Duration after;
  private final int choice;

  public CallFaultException(FaultKind kind) {
    this(kind, Duration.ZERO, 0);
  }

  /**
   * A fault that has several forms.
   *
   * @param choice chooses the form; not negative
   */
  public CallFaultException(FaultKind kind, Duration after, int choice) {
    super(kind.text() + " during a call");
    this.kind = kind;
    this.after = after;
    this.choice = choice;
  }

  public FaultKind kind() {
    return kind;
  }

  /** The time after which a hanging environment is killed; zero for its function's time-out. */
  public Duration after() {
    return after;
  }

  /** The chosen form, from 0 to forms - 1. */
  public int choose(int forms) {
    return choice % forms;
  }
}
