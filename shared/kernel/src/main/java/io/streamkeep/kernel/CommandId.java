package io.streamkeep.kernel;

/** What makes a repeat a repeat: the same for every try of one command. 1 to 128 characters. */
public record CommandId(String value) {

  private static final int MAX_LENGTH = 128;

  public CommandId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("A command id has 1 to " + MAX_LENGTH + " characters");
    }
  }
}
