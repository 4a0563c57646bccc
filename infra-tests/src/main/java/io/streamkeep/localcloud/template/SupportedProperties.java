package io.streamkeep.localcloud.template;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The properties that the local cloud simulates and those that it ignores, as {@code
 * properties.yaml} lists them; it refuses all others.
 */
final class SupportedProperties {
  private static final JsonNode LISTED =
      new ObjectMapper()
          .valueToTree(
              new Load(LoadSettings.builder().build())
                  .loadFromInputStream(
                      requireNonNull(
                          SupportedProperties.class.getResourceAsStream("properties.yaml"))));
  private static final JsonSchemaFactory FACTORY =
      JsonSchemaFactory.getInstance(VersionFlag.V202012);
  private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

  private final TemplateDocument document;

  SupportedProperties(TemplateDocument document) {
    this.document = document;
  }

  /** True for a resource type that the local cloud ignores completely. */
  static boolean isIgnored(String type) {
    return LISTED.path(type).path("ignored").isTextual();
  }

  /** True if the local cloud ignores this property of a resource type. */
  static boolean isIgnored(String type, String property) {
    return LISTED.path(type).path("ignored").has(property);
  }

  /** A resource's type, refused if it is not listed. */
  String type(JsonNode resource, JsonPointer at) {
    String type = resource.path("Type").asText();
    if (!type.startsWith("AWS::") || !LISTED.has(type)) {
      throw document.refuse(at.appendProperty("Type"), type + " is not supported");
    }
    return type;
  }

  /** Refuses a value's first unsupported part, or else its first missing one. */
  void check(String type, JsonNode value, JsonPointer at) {
    SCHEMAS
        .computeIfAbsent(type, listed -> FACTORY.getSchema(schema(LISTED.path(listed))))
        .validate(value)
        .stream()
        .min(Comparator.comparing(message -> message.getType().equals("required")))
        .ifPresent(
            message -> {
              throw document.refuse(place(message, at), problem(message));
            });
  }

  /** The listed properties as a JSON Schema that allows no others. */
  private static JsonNode schema(JsonNode listed) {
    if (!(listed instanceof ObjectNode object)) {
      return listed;
    }
    ObjectNode schema = object.objectNode();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      switch (entry.getKey()) {
        case "simulated" ->
            schema
                .put("type", "object")
                .put("additionalProperties", false)
                .withObjectProperty("properties")
                .setAll((ObjectNode) schema(entry.getValue()));
        case "ignored" -> {
          schema.put("additionalProperties", false);
          ObjectNode properties = schema.withObjectProperty("properties");
          entry.getValue().fieldNames().forEachRemaining(name -> properties.put(name, true));
        }
        case "pattern" -> schema.put("type", "string").set("pattern", entry.getValue());
        default -> schema.set(entry.getKey(), schema(entry.getValue()));
      }
    }
    return schema;
  }

  private static JsonPointer place(ValidationMessage message, JsonPointer at) {
    JsonNodePath path = message.getInstanceLocation();
    JsonPointer place = at;
    for (int i = 0; i < path.getNameCount(); i++) {
      place = place.appendProperty(path.getName(i));
    }
    return message.getProperty() == null ? place : place.appendProperty(message.getProperty());
  }

  private static String problem(ValidationMessage message) {
    String value = message.getInstanceNode().asText();
    return switch (message.getType()) {
      case "required" -> message.getProperty() + " is missing";
      case "additionalProperties" -> message.getProperty() + " is not supported";
      case "type" ->
          value + " is not a" + message.getSchemaNode().asText().replace("integer", " number");
      case "const", "enum", "pattern", "minimum", "maximum" ->
          value + " is not supported, only " + message.getSchemaNode();
      default -> message.getMessage();
    };
  }
}
