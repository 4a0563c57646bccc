package io.streamkeep.kernel.projection;

/** A row is larger than its store can take, whenever it is put. */
public final class RowTooLargeException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Says how much too large it is.
   *
   * @param bytes as it would be stored
   * @param most as many as the store takes
   */
  public RowTooLargeException(long bytes, long most) {
    super("A row of " + bytes + " bytes, where " + most + " are the most");
  }
}
