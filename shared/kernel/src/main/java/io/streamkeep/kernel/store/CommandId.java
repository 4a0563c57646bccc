package io.streamkeep.kernel.store;

import io.streamkeep.kernel.internal.Sha256;
import java.util.Base64;

/** What makes a repeat a repeat: the same for every try of one command. 1 to 128 characters. */
public record CommandId(String value) {

  private static final int MAX_LENGTH = 128;

  public CommandId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("A command id has 1 to " + MAX_LENGTH + " characters");
    }
  }

  /**
   * Of a key that a caller chose: two callers who choose the same one don't meet. Stored, so the
   * same for ever.
   *
   * @param caller empty if it is not known who that is: the id then is the key itself
   */
  public static CommandId of(String key, String caller) {
    return caller.isEmpty()
        ? new CommandId(key)
        : new CommandId(
            Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(caller + "\n" + key)));
  }
}
