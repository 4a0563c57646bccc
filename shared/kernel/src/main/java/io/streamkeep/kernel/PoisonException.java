package io.streamkeep.kernel;

/** A subscriber can't take in a commit, and trying at once again would not help. */
public final class PoisonException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final long commit;

  public PoisonException(long commit, RuntimeException cause) {
    super(cause);
    this.commit = commit;
  }

  public long commit() {
    return commit;
  }
}
