package io.streamkeep.localcloud.faults;

/** Thrown by a fault at a call: the environment that calls is killed there. */
public final class KilledCallerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KilledCallerException() {
    super("killed in mid-call");
  }
}
