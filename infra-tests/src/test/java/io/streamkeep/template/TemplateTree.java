package io.streamkeep.template;

import io.streamkeep.localcloud.template.TemplateDocument;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A template as JSON with its loops expanded and its files included; every scalar is a string. */
record TemplateTree(JsonObject root) {

  static TemplateTree of(Path template) throws IOException {
    String json = TemplateDocument.read(template).root().toString();
    try (JsonReader reader = Json.createReader(new StringReader(json))) {
      return new TemplateTree(reader.readObject());
    }
  }

  /** The resources of a type by logical id. */
  Map<String, JsonObject> resources(String type) {
    return at(root, "Resources").entrySet().stream()
        .filter(entry -> text(entry.getValue().asJsonObject(), "Type").equals(type))
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asJsonObject()));
  }

  /** The functions' properties by logical id, with Globals. */
  Map<String, JsonObject> functions() {
    JsonObject globals = at(root, "Globals", "Function");
    return resources("AWS::Serverless::Function").entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> {
                  JsonObjectBuilder merged = Json.createObjectBuilder(globals);
                  at(entry.getValue(), "Properties").forEach(merged::add);
                  return merged.build();
                }));
  }

  /** A function's events of a type. */
  static Stream<JsonObject> events(JsonObject function, String type) {
    return at(function, "Events").values().stream()
        .map(JsonValue::asJsonObject)
        .filter(event -> text(event, "Type").equals(type))
        .map(event -> at(event, "Properties"));
  }

  /** The object at a path, or an empty one. */
  static JsonObject at(JsonObject json, String... path) {
    JsonObject found = json;
    for (String name : path) {
      found = found.get(name) instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    }
    return found;
  }

  /** The text under a name, or "" if there is none. */
  static String text(JsonObject json, String name) {
    return json.get(name) instanceof JsonString text ? text.getString() : "";
  }

  /** The number under a name, or -1 if there is none. */
  static int number(JsonObject json, String name) {
    String text = text(json, name);
    return text.isEmpty() ? -1 : Integer.parseInt(text);
  }

  /** The argument of a {@code !GetAtt} under a name, or "" if there is none. */
  static String attribute(JsonObject json, String name) {
    return text(at(json, name), "Fn::GetAtt");
  }

  /** The argument of a {@code !Ref} under a name, or "" if there is none. */
  static String ref(JsonObject json, String name) {
    return text(at(json, name), "Ref");
  }
}
