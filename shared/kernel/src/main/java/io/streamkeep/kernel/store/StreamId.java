package io.streamkeep.kernel.store;

import io.streamkeep.kernel.internal.Sha256;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of a stream, written {@code category#key}.
 *
 * @param category the kind of aggregate, lower case, such as {@code order}
 * @param key the key of the aggregate; not empty
 */
public record StreamId(String category, String key) {

  /** A lower-case UUID, as {@link #createdBy} derives it. */
  private static final Pattern CREATED_KEY =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private static final Pattern CATEGORY = Pattern.compile("[a-z][a-z-]*");

  public StreamId {
    if (!CATEGORY.matcher(category).matches() || key.isEmpty()) {
      throw new IllegalArgumentException("Not a stream id: " + category + "#" + key);
    }
  }

  /**
   * The stream that a command creates: the same for every attempt, so that a repeat finds it. Its
   * key is a UUID (version 8) with 122 bits of a hash of the command's id.
   */
  public static StreamId createdBy(CommandId command, String category) {
    ByteBuffer hash = ByteBuffer.wrap(Sha256.of(category + "\n" + command.value()));
    long high = (hash.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new StreamId(category, new UUID(high, low).toString());
  }

  /**
   * The key of the form that {@link #createdBy} gives it, from a text that may have capital
   * letters; empty for any other text.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-4">RFC 9562: a UUID is read
   *     without regard to case</a>
   */
  public static Optional<String> createdKey(String text) {
    return Optional.of(text.toLowerCase(Locale.ROOT))
        .filter(key -> CREATED_KEY.matcher(key).matches());
  }

  /** Reads {@code category#key}; throws {@link IllegalArgumentException} for anything else. */
  public static StreamId parse(String text) {
    int hash = text.indexOf('#');
    if (hash < 0) {
      throw new IllegalArgumentException("Not a stream id: " + text);
    }
    return new StreamId(text.substring(0, hash), text.substring(hash + 1));
  }

  @Override
  public String toString() {
    return category + "#" + key;
  }
}
