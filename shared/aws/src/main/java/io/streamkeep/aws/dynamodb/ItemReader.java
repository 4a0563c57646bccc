package io.streamkeep.aws.dynamodb;

import io.streamkeep.kernel.store.UnreadableException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the attributes of a stored item. An attribute that is missing or of another type is
 * reported as {@link UnreadableException}.
 *
 * @param kind names the item in errors
 */
public record ItemReader(String kind, Map<String, AttributeValue> item) {

  private static final AttributeValue ABSENT = AttributeValue.builder().build();

  public boolean has(String name) {
    return item.containsKey(name);
  }

  public String text(String name) {
    return present(name, value(name).s());
  }

  public Optional<String> optionalText(String name) {
    return has(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** Throws {@link NumberFormatException} if the number is no {@code long}. */
  public long number(String name) {
    return Long.parseLong(present(name, value(name).n()));
  }

  /** A number that must be at least 1, such as that of a commit. */
  public long positive(String name) {
    try {
      long number = number(name);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    throw new UnreadableException(
        "A " + kind + " whose " + name + " is not a positive whole number");
  }

  public byte[] bytes(String name) {
    SdkBytes bytes = present(name, value(name).b());
    return bytes.asByteArrayUnsafe();
  }

  public ItemReader map(String name) {
    return new ItemReader(kind, present(name, value(name).hasM() ? value(name).m() : null));
  }

  /** A list of maps. */
  public List<ItemReader> list(String name) {
    List<AttributeValue> list = present(name, value(name).hasL() ? value(name).l() : null);
    return list.stream().map(each -> new ItemReader(kind, each.m())).toList();
  }

  private AttributeValue value(String name) {
    return item.getOrDefault(name, ABSENT);
  }

  private <T> T present(String name, @Nullable T value) {
    if (value == null) {
      throw new UnreadableException("A " + kind + " without " + name);
    }
    return value;
  }
}
