package io.streamkeep.retail;

/**
 * The file can't be imported at all; the message is one line for the user that says where and why.
 */
final class BadFileException extends Exception {

  private static final long serialVersionUID = 1L;

  BadFileException(String message) {
    super(message);
  }

  static BadFileException at(long line, String problem) {
    return new BadFileException("line " + line + ": " + problem);
  }
}
