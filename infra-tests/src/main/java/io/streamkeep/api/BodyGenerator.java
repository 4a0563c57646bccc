package io.streamkeep.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.curiousoddman.rgxgen.RgxGen;
import com.github.curiousoddman.rgxgen.config.RgxGenOption;
import com.github.curiousoddman.rgxgen.config.RgxGenProperties;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random request bodies that a JSON schema allows; they reach every bound. */
public final class BodyGenerator {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Characters of one, two, three and four bytes, and those that JSON escapes. */
  private static final String[] CHARACTERS = {
    "a", "Z", "7", " ", "\u00e9", "\u20ac", "\uD83D\uDE00", "\"", "\\", "\u0000", "\u2028"
  };

  /** Hardly any three letters are a currency. */
  private static final String CURRENCY = "^[A-Z]{3}$";

  /** Short texts, so that many are equal. */
  private static final RgxGenProperties FEW_REPETITIONS = new RgxGenProperties();

  static {
    RgxGenOption.INFINITE_PATTERN_REPETITION.setInProperties(FEW_REPETITIONS, 3);
  }

  private final JsonNode schema;
  private final Random random;

  public BodyGenerator(JsonNode schema, Random random) {
    this.schema = schema;
    this.random = random;
  }

  public JsonNode valid() {
    return valid(schema);
  }

  private JsonNode valid(JsonNode of) {
    if (of.has("enum")) {
      return of.get("enum").get(random.nextInt(of.get("enum").size()));
    }
    JsonNode type = of.get("type");
    if (type.isArray()) {
      return random.nextBoolean()
          ? NODES.nullNode()
          : valid(((ObjectNode) of).deepCopy().set("type", type.get(0)));
    }
    return switch (type.asText()) {
      case "object" -> object(of);
      case "array" -> array(of);
      case "integer" -> integer(of);
      case "boolean" -> NODES.booleanNode(random.nextBoolean());
      case "string" -> of.has("pattern") ? matching(of.get("pattern").asText()) : text(of);
      default -> throw new IllegalArgumentException("BodyGenerator has no case for " + of);
    };
  }

  private ObjectNode object(JsonNode of) {
    ObjectNode object = NODES.objectNode();
    List<String> required = new ArrayList<>();
    of.path("required").forEach(name -> required.add(name.asText()));
    of.path("properties")
        .properties()
        .forEach(
            field -> {
              if (required.contains(field.getKey()) || random.nextBoolean()) {
                object.set(field.getKey(), valid(field.getValue()));
              }
            });
    return object;
  }

  private ArrayNode array(JsonNode of) {
    ArrayNode array = NODES.arrayNode();
    int extra = random.nextInt(random.nextInt(20) == 0 ? 40 : 3); // a few are long
    int max = of.path("maxItems").asInt(Integer.MAX_VALUE);
    int size = Math.min(of.path("minItems").asInt(0) + extra, max);
    for (int i = 0; i < size; i++) {
      array.add(valid(of.get("items")));
    }
    return array;
  }

  private JsonNode integer(JsonNode of) {
    long min = of.path("minimum").asLong(0);
    long max = of.path("maximum").asLong(Long.MAX_VALUE);
    return switch (random.nextInt(4)) {
      case 0 -> NODES.numberNode(min);
      case 1 -> NODES.numberNode(max);
      case 2 -> NODES.numberNode(new BigDecimal(min + ".0"));
      default -> NODES.numberNode(min + random.nextInt(1000));
    };
  }

  private JsonNode text(JsonNode of) {
    int min = of.path("minLength").asInt(0);
    int max = of.path("maxLength").asInt(min + 50);
    return switch (random.nextInt(3)) {
      case 0 -> text(min);
      case 1 -> text(max);
      default -> text(min + random.nextInt(max - min + 1));
    };
  }

  private JsonNode text(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
    }
    return NODES.textNode(text.toString());
  }

  private JsonNode matching(String pattern) {
    return NODES.textNode(
        pattern.equals(CURRENCY)
            ? List.of("GBP", "JPY", "QQQ").get(random.nextInt(3))
            : RgxGen.parse(FEW_REPETITIONS, pattern).generate(random));
  }
}
