package io.streamkeep.importer;

import java.util.Objects;

/** A file that can't be read; the message is one line for the user with place and reason. */
public final class InvalidFileException extends Exception {

  private static final long serialVersionUID = 1L;

  InvalidFileException(String message) {
    super(message);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  static InvalidFileException at(long line, String problem) {
    return new InvalidFileException("line " + line + ": " + problem);
  }
}
