package io.streamkeep.aws.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An item's size in bytes and cost in capacity units, by DynamoDB's rules. The rules give the size
 * of numbers only approximately; this takes the upper bound.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">DynamoDB
 *     item sizes and formats</a>
 */
public final class ItemSize {

  /** Bytes of a list or map besides its elements, each of which adds one byte. */
  private static final int CONTAINER = 3;

  private static final int WRITE_UNIT = 1024;
  private static final int READ_UNIT = 4096;

  private ItemSize() {}

  /** The bytes of an item: names and values of its attributes. */
  public static long of(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToLong(attribute -> utf8(attribute.getKey()) + value(attribute.getValue()))
        .sum();
  }

  /**
   * The write units of a put of this size outside a transaction; a failed condition costs the same.
   */
  public static long writeUnits(long bytes) {
    return units(bytes, WRITE_UNIT);
  }

  /** The read units of a consistent read of this size; an eventually consistent one costs half. */
  public static long readUnits(long bytes) {
    return units(bytes, READ_UNIT);
  }

  private static long units(long bytes, int unit) {
    return Math.max(1, Math.ceilDiv(bytes, unit));
  }

  private static long value(AttributeValue value) {
    return switch (value.type()) {
      case S -> utf8(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case M -> CONTAINER + value.m().size() + of(value.m());
      case L -> CONTAINER + value.l().size() + sum(value.l());
      case SS -> value.ss().stream().mapToLong(ItemSize::utf8).sum();
      case NS -> value.ns().stream().mapToLong(ItemSize::number).sum();
      case BS -> value.bs().stream().mapToLong(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case BOOL, NUL -> 1;
      case UNKNOWN_TO_SDK_VERSION -> throw new IllegalArgumentException("Unknown type of value");
    };
  }

  private static long sum(List<AttributeValue> values) {
    return values.stream().mapToLong(ItemSize::value).sum();
  }

  /** A byte for two significant digits, another one, and one for a minus sign. */
  private static long number(String number) {
    BigDecimal value = new BigDecimal(number).stripTrailingZeros();
    return Math.ceilDiv(value.precision(), 2) + 1L + (value.signum() < 0 ? 1 : 0);
  }

  private static long utf8(String text) {
    return text.getBytes(UTF_8).length;
  }
}
