package io.streamkeep.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Changes a request body at a random place; the result may or may not violate its schema. */
public record BodyMutator(Random random) {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /** Changes a body in place, or returns another. */
  public JsonNode mutate(JsonNode body) {
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
      return NODES.textNode(random.nextBoolean() ? "" : "x".repeat(600));
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
