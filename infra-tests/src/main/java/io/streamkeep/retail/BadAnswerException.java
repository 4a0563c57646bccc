package io.streamkeep.retail;

import java.io.IOException;

/** The API answered what its contract does not allow, or an error that no retry mended. */
final class BadAnswerException extends IOException {

  private static final long serialVersionUID = 1L;

  BadAnswerException(String message) {
    super(message);
  }
}
