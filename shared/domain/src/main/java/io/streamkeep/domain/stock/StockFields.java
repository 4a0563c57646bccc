package io.streamkeep.domain.stock;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import jakarta.json.JsonObjectBuilder;
import java.util.regex.Pattern;

/** The fields that events and states of stock share, and their limits. */
final class StockFields {

  private static final int MAX_SKU = 64;
  static final long MAX_QUANTITY = 1_000_000_000L;
  static final Pattern PLACE = Pattern.compile("[A-Za-z0-9._~:@+-]{1,64}");

  /** The form of a command id, so that a transfer can use its command's. */
  static final Pattern TRANSFER = Pattern.compile("[!-~]{1,128}");

  private StockFields() {}

  static JsonObjectBuilder object() {
    return StrictJson.provider().createObjectBuilder();
  }

  static boolean isSku(String sku) {
    int length = sku.codePointCount(0, sku.length());
    return length >= 1
        && length <= MAX_SKU
        && sku.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  static void requireQuantity(long quantity, long least) {
    if (quantity < least || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException("Not a quantity of " + least + " to " + MAX_QUANTITY);
    }
  }

  static long quantity(ObjectReader json, long least) {
    return json.integer("quantity", least, MAX_QUANTITY);
  }

  static long difference(ObjectReader json) {
    return json.integer("difference", -MAX_QUANTITY, MAX_QUANTITY);
  }

  static String place(ObjectReader json, String name) {
    return json.text(name, PLACE, "1 to 64 characters of A-Z a-z 0-9 . _ ~ : @ + -");
  }

  static String transfer(ObjectReader json) {
    return json.text("transfer", TRANSFER, "1 to 128 printable characters");
  }
}
