package io.streamkeep.template;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A template as JSON: every scalar a string, and {@code !Ref X} in its long form {@code {"Ref":
 * "X"}}, {@code !GetAtt X.Arn} as {@code {"Fn::GetAtt": "X.Arn"}}.
 */
record TemplateTree(JsonObject root) {

  static TemplateTree of(String yaml) {
    Node node =
        new Compose(LoadSettings.builder().build())
            .composeString(yaml)
            .orElseThrow(() -> new IllegalArgumentException("An empty template"));
    return new TemplateTree(json(node).asJsonObject());
  }

  private static JsonValue json(Node node) {
    String tag = node.getTag().getValue();
    JsonValue plain =
        switch (node) {
          case ScalarNode scalar -> Json.createValue(scalar.getValue());
          case SequenceNode list -> array(list);
          case MappingNode mapping -> object(mapping);
          default -> throw new IllegalArgumentException("An anchor or an alias");
        };
    if (!tag.startsWith("!")) {
      return plain;
    }
    String function = tag.equals("!Ref") ? "Ref" : "Fn::" + tag.substring(1);
    return Json.createObjectBuilder().add(function, plain).build();
  }

  private static JsonArray array(SequenceNode list) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    list.getValue().forEach(item -> array.add(json(item)));
    return array.build();
  }

  private static JsonObject object(MappingNode mapping) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    for (NodeTuple entry : mapping.getValue()) {
      object.add(((ScalarNode) entry.getKeyNode()).getValue(), json(entry.getValueNode()));
    }
    return object.build();
  }

  /** The resources of a type by logical id; functions with what Globals says for them. */
  Map<String, JsonObject> resources(String type) {
    return at(root, "Resources").entrySet().stream()
        .filter(entry -> text(entry.getValue().asJsonObject(), "Type").equals(type))
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().asJsonObject()));
  }

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

  /** A function's events, its mappings, of a type. */
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

  /** What a {@code !GetAtt} under a name says, or "" if there is none. */
  static String attribute(JsonObject json, String name) {
    return text(at(json, name), "Fn::GetAtt");
  }

  /** What a {@code !Ref} under a name says, or "" if there is none. */
  static String ref(JsonObject json, String name) {
    return text(at(json, name), "Ref");
  }
}
