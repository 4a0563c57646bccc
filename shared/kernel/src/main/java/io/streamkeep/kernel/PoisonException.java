package io.streamkeep.kernel;

/** A subscriber can't take in a commit, and trying at once again would not help. */
public final class PoisonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long commit;
  private final transient Metadata metadata;

  public PoisonException(long commit, Metadata metadata, RuntimeException cause) {
    super(cause);
    this.commit = commit;
    this.metadata = metadata;
  }

  public long commit() {
    return commit;
  }

  /** The commit's; none if the commit itself can't be read. */
  public Metadata metadata() {
    return metadata;
  }
}
