package io.streamkeep.localcloud.runtime.crac;

/** A hook after a snapshot was restored failed. */
public final class RestoreException extends Exception {
  private static final long serialVersionUID = 1L;
}
