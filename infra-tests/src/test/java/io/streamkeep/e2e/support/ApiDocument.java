package io.streamkeep.e2e.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API's OpenAPI document with its references resolved. */
public final class ApiDocument {

  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  private final JsonNode document;

  private ApiDocument(JsonNode document) {
    this.document = document;
  }

  /**
   * A method of a path.
   *
   * @param id its operationId
   * @param parameters their names
   * @param body the schema of its body, or null if it takes none
   */
  public record Operation(
      String id, String method, String path, List<String> parameters, @Nullable JsonNode body) {
    public JsonNode requiredBody() {
      return Objects.requireNonNull(body);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  public static ApiDocument read(Path file) {
    try {
      Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      return new ApiDocument(new ObjectMapper().valueToTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          if (METHODS.contains(method.getKey())) {
                            operations.add(
                                operation(path.getKey(), method.getKey(), method.getValue()));
                          }
                        }));
    return operations;
  }

  private Operation operation(String path, String method, JsonNode operation) {
    JsonNode body = operation.at("/requestBody/content/application~1json/schema");
    List<String> parameters = new ArrayList<>();
    filled(operation.path("parameters"))
        .forEach(parameter -> parameters.add(parameter.get("name").asText()));
    return new Operation(
        operation.path("operationId").asText(),
        method.toUpperCase(Locale.ROOT),
        path,
        parameters,
        body.isMissingNode() ? null : filled(body));
  }

  /** The names of the headers of each response that operations refer to. */
  public List<List<String>> answerHeaders() {
    List<List<String>> headers = new ArrayList<>();
    document
        .at("/components/responses")
        .forEach(
            response -> {
              List<String> names = new ArrayList<>();
              response.path("headers").fieldNames().forEachRemaining(names::add);
              headers.add(names);
            });
    return headers;
  }

  public JsonNode schema(String name) {
    return filled(document.at("/components/schemas/" + name));
  }

  private JsonNode filled(JsonNode node) {
    if (node.has("$ref")) {
      return filled(document.at(node.get("$ref").asText().substring(1)));
    }
    if (node instanceof ObjectNode object) {
      ObjectNode copy = object.objectNode();
      object.properties().forEach(field -> copy.set(field.getKey(), filled(field.getValue())));
      if (copy.path("nullable").asBoolean()) {
        // What JSON Schema has in its place.
        copy.set("type", copy.arrayNode().add(copy.get("type")).add("null"));
      }
      return copy;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode copy = array.arrayNode();
      array.forEach(item -> copy.add(filled(item)));
      return copy;
    }
    return node;
  }
}
