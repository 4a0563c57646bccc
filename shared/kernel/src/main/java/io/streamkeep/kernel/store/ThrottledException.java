package io.streamkeep.kernel.store;

import org.jspecify.annotations.Nullable;

/** The store throttles, and did so for all retries. */
public final class ThrottledException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ThrottledException(@Nullable Throwable cause) {
    super("Throttled", cause);
  }
}
