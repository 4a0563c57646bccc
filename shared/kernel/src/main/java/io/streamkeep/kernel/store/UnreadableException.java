package io.streamkeep.kernel.store;

import org.jspecify.annotations.Nullable;

/**
 * Stored data can't be read by this code: an unknown type or version, or a broken payload. The
 * message says where, and never quotes the data.
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
