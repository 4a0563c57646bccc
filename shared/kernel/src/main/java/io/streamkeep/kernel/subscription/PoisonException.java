package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;

/** Thrown when a subscriber can't apply a commit and an immediate retry would not help. */
public final class PoisonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long commit;
  private final transient Metadata metadata;

  /**
   * Reports a commit.
   *
   * @param commit its number
   * @param metadata the commit's; none if the commit itself can't be read
   * @param cause what the subscriber threw, or why the commit can't be read
   */
  public PoisonException(long commit, Metadata metadata, RuntimeException cause) {
    super(cause);
    this.commit = commit;
    this.metadata = metadata;
  }

  /** The position from which to continue. */
  public ParkedPosition position(String subscriber, StreamId stream) {
    return new ParkedPosition(subscriber, stream, commit, metadata);
  }

  /**
   * The reason in one line: type and origin of the root cause, and its message only if that type
   * never contains event data.
   */
  public String reason() {
    Throwable root = this;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root instanceof UnreadableException ? ": " + root.getMessage() : "";
    StackTraceElement[] frames = root.getStackTrace();
    return root.getClass().getName() + message + (frames.length == 0 ? "" : " at " + frames[0]);
  }

  public long commit() {
    return commit;
  }

  /** The commit's metadata; none if the commit itself can't be read. */
  public Metadata metadata() {
    return metadata;
  }
}
