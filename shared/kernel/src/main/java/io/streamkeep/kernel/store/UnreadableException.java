package io.streamkeep.kernel.store;

import org.jspecify.annotations.Nullable;

/**
 * Something stored can't be read by this code: an unknown type or version, or a broken payload. Its
 * message names where, never what is in it.
 */
public final class UnreadableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnreadableException(String message) {
    super(message);
  }

  public UnreadableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
