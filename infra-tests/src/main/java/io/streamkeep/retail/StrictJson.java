package io.streamkeep.retail;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes apart the API's answers; what is not as the contract says is a bad answer. */
final class StrictJson {

  private StrictJson() {}

  static JsonValue parse(String text) throws BadAnswerException {
    try (JsonReader reader = Json.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      throw new BadAnswerException("not JSON: " + e.getMessage());
    }
  }

  static JsonObject object(@Nullable JsonValue value) throws BadAnswerException {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw new BadAnswerException("no JSON object: " + value);
  }

  static List<JsonObject> objects(@Nullable JsonValue value) throws BadAnswerException {
    if (!(value instanceof JsonArray array)) {
      throw new BadAnswerException("no JSON array: " + value);
    }
    List<JsonObject> objects = new ArrayList<>();
    for (JsonValue element : array) {
      objects.add(object(element));
    }
    return objects;
  }

  static String text(JsonObject object, String name) throws BadAnswerException {
    return maybeText(object, name)
        .orElseThrow(() -> new BadAnswerException("no text " + name + " in " + object));
  }

  static Optional<String> maybeText(JsonObject object, String name) {
    return object.get(name) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  static long number(JsonObject object, String name) throws BadAnswerException {
    if (object.get(name) instanceof JsonNumber number
        && number.isIntegral()
        && number.bigIntegerValueExact().bitLength() < Long.SIZE) {
      return number.longValueExact();
    }
    throw new BadAnswerException("no integer " + name + " in " + object);
  }
}
