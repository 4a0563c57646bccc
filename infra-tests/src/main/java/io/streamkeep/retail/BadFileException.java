package io.streamkeep.retail;

import java.util.Objects;

/** The file can't be read at all; the message is one line for the user that says where and why. */
public final class BadFileException extends Exception {

  private static final long serialVersionUID = 1L;

  BadFileException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  static BadFileException at(long line, String problem) {
    return new BadFileException("line " + line + ": " + problem);
  }
}
