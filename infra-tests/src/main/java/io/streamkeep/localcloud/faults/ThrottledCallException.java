package io.streamkeep.localcloud.faults;

/** Thrown by a fault at a call's beginning: it is answered as by a table that is asked too much. */
public final class ThrottledCallException extends RuntimeException {
  private static final long serialVersionUID = 1L;
}
