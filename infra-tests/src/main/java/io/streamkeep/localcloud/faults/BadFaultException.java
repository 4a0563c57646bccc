package io.streamkeep.localcloud.faults;

/** Faults that can't be had: the message quotes what is wrong, and says why. */
public final class BadFaultException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadFaultException(String message) {
    super(message);
  }
}
