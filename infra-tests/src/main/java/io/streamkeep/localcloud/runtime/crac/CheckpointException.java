package io.streamkeep.localcloud.runtime.crac;

/** A hook before a snapshot failed. */
public final class CheckpointException extends Exception {
  private static final long serialVersionUID = 1L;
}
