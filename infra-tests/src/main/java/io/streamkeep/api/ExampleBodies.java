package io.streamkeep.api;

import io.streamkeep.aws.json.Json;
import io.streamkeep.domain.json.StrictJson;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * Generates request bodies that vary the examples of the API document: other numbers, more or fewer
 * items, missing fields. An operation may reject them.
 *
 * @param examples the examples by operationId; a body without one is an empty object
 */
public record ExampleBodies(Map<String, JsonObject> examples) {

  /** Reads the examples of an OpenAPI document in YAML. */
  public static ExampleBodies read(Path document) {
    Map<String, JsonObject> examples = new HashMap<>();
    for (ApiDocument.Operation operation : ApiDocument.read(document).operations()) {
      if (operation.example() != null) {
        examples.put(operation.id(), Json.read(operation.example().toString()));
      }
    }
    return new ExampleBodies(examples);
  }

  public String body(String operationId, Random random) {
    JsonObjectBuilder body = Json.object();
    examples
        .getOrDefault(operationId, JsonValue.EMPTY_JSON_OBJECT)
        .forEach(
            (name, value) -> {
              if (random.nextInt(8) > 0) {
                body.add(name, like(value, random));
              }
            });
    return body.build().toString();
  }

  private static JsonValue like(JsonValue example, Random random) {
    return switch (example) {
      case JsonObject fields -> {
        JsonObjectBuilder object = Json.object();
        fields.forEach((name, value) -> object.add(name, like(value, random)));
        yield object.build();
      }
      case JsonArray items -> {
        JsonArrayBuilder array = Json.array();
        int size = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 5); // a few are long
        for (int i = 0; i < size; i++) {
          array.add(like(items.get(i % items.size()), random));
        }
        yield array.build();
      }
      case JsonNumber number ->
          StrictJson.provider().createValue(1 + random.nextLong(1 + 2 * number.longValue()));
      case JsonString text when text.getString().matches("\\d{4,}") ->
          StrictJson.provider()
              .createValue(
                  text.getString().replaceFirst("..$", "%02d".formatted(random.nextInt(100))));
      default -> example;
    };
  }
}
