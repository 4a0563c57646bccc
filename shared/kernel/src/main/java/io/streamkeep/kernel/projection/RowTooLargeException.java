package io.streamkeep.kernel.projection;

/** Thrown when a row is larger than its store allows; no retry helps. */
public final class RowTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Reports both sizes.
   *
   * @param bytes the size of the row as it would be stored
   * @param max the limit of the store
   */
  public RowTooLargeException(long bytes, long max) {
    super("A row of " + bytes + " bytes exceeds the limit of " + max);
  }
}
