package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;

/** A subscriber can't take in a commit, and trying at once again would not help. */
public final class PoisonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long commit;
  private final transient Metadata metadata;

  /**
   * Tells of a commit.
   *
   * @param commit its number
   * @param metadata the commit's; none if the commit itself can't be read
   * @param cause what the subscriber threw, or what the commit is not readable for
   */
  public PoisonException(long commit, Metadata metadata, RuntimeException cause) {
    super(cause);
    this.commit = commit;
    this.metadata = metadata;
  }

  /** Where to go on. */
  public ParkedPosition pointer(String subscriber, StreamId stream) {
    return new ParkedPosition(subscriber, stream, commit, metadata);
  }

  /**
   * Why, in one line: the type of what was thrown first, where, and its message if that promises to
   * have nothing of the payload.
   */
  public String reason() {
    Throwable root = this;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String said = root instanceof UnreadableException ? ": " + root.getMessage() : "";
    StackTraceElement[] frames = root.getStackTrace();
    return root.getClass().getName() + said + (frames.length == 0 ? "" : " at " + frames[0]);
  }

  public long commit() {
    return commit;
  }

  /** The commit's; none if the commit itself can't be read. */
  public Metadata metadata() {
    return metadata;
  }
}
