package io.streamkeep.retail;

import java.io.IOException;

/** The API could not be reached, however often it was tried; the message says so to the user. */
public final class GaveUpException extends IOException {

  private static final long serialVersionUID = 1L;

  GaveUpException(String message, IOException cause) {
    super(message, cause);
  }
}
