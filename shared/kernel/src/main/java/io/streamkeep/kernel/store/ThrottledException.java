package io.streamkeep.kernel.store;

import org.jspecify.annotations.Nullable;

/** The store asks to be called less often, and went on doing so while it was asked again. */
public final class ThrottledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ThrottledException(@Nullable Throwable cause) {
    super("Throttled", cause);
  }
}
