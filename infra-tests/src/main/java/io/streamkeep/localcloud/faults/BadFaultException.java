package io.streamkeep.localcloud.faults;

/** Thrown for faults that cannot be injected; the message quotes the part and says why. */
public final class BadFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadFaultException(String message) {
    super(message);
  }
}
