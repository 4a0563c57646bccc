package io.streamkeep.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random request bodies for a JSON schema: valid ones that reach every bound, and mutated ones with
 * a single change, which may or may not violate the schema.
 */
public final class BodyGenerator {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Characters of one, two, three and four bytes, and those that JSON escapes. */
  private static final String[] CHARACTERS = {
    "a", "Z", "7", " ", "\u00e9", "\u20ac", "\uD83D\uDE00", "\"", "\\", "\u0000", "\u2028"
  };

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
    int size = of.path("minItems").asInt(0) + random.nextInt(3);
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
      default -> text(min + random.nextInt(max - min));
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
    return switch (pattern) {
      case "^(?!XA[GU]|XB[A-D]|XDR|XF[OU]|XP[DT]|XSU|XTS|XUA|XXX)[A-Z]{3}$" ->
          NODES.textNode(List.of("GBP", "JPY", "QQQ").get(random.nextInt(3)));
      case "^[A-Za-z0-9._~:@+-]+$" -> NODES.textNode("a.B_c~1:@+-".substring(random.nextInt(10)));
      case "^[A-Za-z0-9]([A-Za-z0-9 .,'()&-]*[A-Za-z0-9.,'()&-])?$" ->
          NODES.textNode("Isles (1), St. X & Y'-".substring(0, 1 + random.nextInt(22)).strip());
      default -> throw new IllegalArgumentException("BodyGenerator has no case for " + pattern);
    };
  }

  /** A valid body with one change at a random place. */
  public JsonNode mutated() {
    JsonNode body = valid();
    List<JsonNode> places = new ArrayList<>(List.of(body));
    for (int i = 0; i < places.size(); i++) {
      places
          .get(i)
          .forEach(
              child -> {
                if (child.isContainerNode()) {
                  places.add(child);
                }
              });
    }
    return change(body, places.get(random.nextInt(places.size())));
  }

  private JsonNode change(JsonNode body, JsonNode place) {
    if (place instanceof ArrayNode array) {
      switch (random.nextInt(3)) {
        case 0 -> array.removeAll();
        case 1 -> array.add(other());
        default -> array.set(random.nextInt(array.size()), other());
      }
      return body;
    }
    ObjectNode object = (ObjectNode) place;
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    if (names.isEmpty()) {
      return random.nextBoolean() ? object.put("unknown", 1) : other();
    }
    String name = names.get(random.nextInt(names.size()));
    switch (random.nextInt(4)) {
      case 0 -> object.remove(name);
      case 1 -> object.put(name + "~/", 1);
      case 2 -> object.set(name, outOfBounds(object.get(name)));
      default -> object.set(name, other());
    }
    return body;
  }

  /** A value of the same type that is likely to be out of bounds. */
  private JsonNode outOfBounds(JsonNode value) {
    if (value.isTextual()) {
      return random.nextBoolean() ? NODES.textNode("") : text(600);
    }
    if (value.isNumber()) {
      return switch (random.nextInt(4)) {
        case 0 -> NODES.numberNode(value.decimalValue().negate());
        case 1 -> NODES.numberNode(new BigDecimal("1e30"));
        case 2 -> NODES.numberNode(value.decimalValue().add(new BigDecimal("0.5")));
        default -> NODES.numberNode(0);
      };
    }
    return NODES.nullNode();
  }

  private JsonNode other() {
    return switch (random.nextInt(6)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(true);
      case 2 -> NODES.numberNode(3);
      case 3 -> NODES.textNode("3");
      case 4 -> NODES.arrayNode();
      default -> NODES.objectNode();
    };
  }
}
