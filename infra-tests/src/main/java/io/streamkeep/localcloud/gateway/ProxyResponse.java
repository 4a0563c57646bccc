package io.streamkeep.localcloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A response to a request, as a function's result describes it to API Gateway. */
record ProxyResponse(int status, List<Map.Entry<String, String>> headers, ByteBuffer body) {

  private static final Set<String> FIELDS =
      Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");

  /** Empty if malformed. */
  static Optional<ProxyResponse> parse(String result) {
    try (JsonReader reader = Json.createReader(new StringReader(result))) {
      JsonObject json = reader.readObject();
      return FIELDS.containsAll(json.keySet())
          ? Optional.of(new ProxyResponse(status(json), headers(json), body(json)))
          : Optional.empty();
    } catch (JsonException
        | ClassCastException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static JsonValue get(JsonObject json, String name, JsonValue ifNull) {
    JsonValue value = json.getOrDefault(name, JsonValue.NULL);
    return value == JsonValue.NULL ? ifNull : value;
  }

  private static int status(JsonObject json) {
    JsonValue status = get(json, "statusCode", JsonValue.NULL);
    int code =
        status instanceof JsonNumber number
            ? number.intValueExact()
            : Integer.parseInt(((JsonString) status).getString());
    if (code < 100 || code > 599) {
      throw new IllegalArgumentException("status " + code);
    }
    return code;
  }

  private static List<Map.Entry<String, String>> headers(JsonObject json) {
    List<Map.Entry<String, String>> headers = new ArrayList<>();
    get(json, "multiValueHeaders", JsonValue.EMPTY_JSON_OBJECT)
        .asJsonObject()
        .forEach(
            (name, values) ->
                values.asJsonArray().forEach(value -> headers.add(Map.entry(name, text(value)))));
    get(json, "headers", JsonValue.EMPTY_JSON_OBJECT)
        .asJsonObject()
        .forEach(
            (name, value) -> {
              Map.Entry<String, String> header = Map.entry(name, text(value));
              if (!headers.contains(header)) {
                headers.add(header);
              }
            });
    return headers;
  }

  private static String text(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> ((JsonString) value).getString();
      case NUMBER, TRUE, FALSE -> value.toString();
      default -> throw new IllegalArgumentException("header value " + value);
    };
  }

  private static ByteBuffer body(JsonObject json) {
    String text = ((JsonString) get(json, "body", Json.createValue(""))).getString();
    return json.getBoolean("isBase64Encoded", false)
        ? ByteBuffer.wrap(Base64.getDecoder().decode(text))
        : UTF_8.encode(text);
  }
}
