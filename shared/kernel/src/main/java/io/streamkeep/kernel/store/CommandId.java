package io.streamkeep.kernel.store;

import io.streamkeep.kernel.internal.Sha256;
import java.util.Base64;

/** Identifies a command: the same for every attempt at it. 1 to 128 characters. */
public record CommandId(String value) {

  private static final int MAX_LENGTH = 128;

  public CommandId {
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("A command id has 1 to " + MAX_LENGTH + " characters");
    }
  }

  /**
   * The id for a key that a caller chose; the same key of another caller gives another id. Stored,
   * so it must never change.
   *
   * @param caller empty if unknown; the id then is the key itself
   */
  public static CommandId of(String key, String caller) {
    return caller.isEmpty()
        ? new CommandId(key)
        : new CommandId(
            Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(caller + "\n" + key)));
  }
}
