package io.streamkeep.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API's OpenAPI document with its references resolved. */
public final class ApiDocument {

  private static final Set<String> METHODS =
      Set.of("get", "head", "post", "put", "delete", "patch");
  private static final Pattern FUNCTION = Pattern.compile("/\\$\\{([A-Za-z]+)FunctionAliaslive}/");

  private final JsonNode document;

  private ApiDocument(JsonNode document) {
    this.document = document;
  }

  /**
   * A method of a path.
   *
   * @param id its operationId
   * @param function the function that handles it, by the name in its integration
   * @param parameters the names of those in path, query and headers
   * @param queryParameters the names of those in the query
   * @param body the schema of its body, or null if it takes none
   * @param example an example of its body, or null if the document has none
   * @param answers its responses by status or {@code default}
   */
  public record Operation(
      String id,
      String method,
      String path,
      String function,
      List<String> parameters,
      List<String> queryParameters,
      @Nullable JsonNode body,
      @Nullable JsonNode example,
      Map<String, Answer> answers) {

    public JsonNode requiredBody() {
      return Objects.requireNonNull(body);
    }

    /** The required fields of a body. */
    public List<String> requiredFields() {
      List<String> names = new ArrayList<>();
      if (body != null) {
        body.path("required").forEach(name -> names.add(name.asText()));
      }
      return names;
    }

    /** The schema of the response with this status. */
    public JsonNode answer(int status) {
      return Objects.requireNonNull(answers.get(Integer.toString(status)), this + " " + status)
          .schema();
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /**
   * A response of an operation.
   *
   * @param headers their names
   */
  public record Answer(List<String> headers, JsonNode schema) {}

  /** Reads a YAML document. */
  public static ApiDocument read(Path file) {
    try {
      Object yaml = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      return new ApiDocument(new ObjectMapper().valueToTree(yaml));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** All operations, in the order of the document. */
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

  /** Throws {@link IllegalArgumentException} if the document has no such operation. */
  public Operation operation(String id) {
    return operations().stream()
        .filter(operation -> operation.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("The API document has no operation " + id));
  }

  private Operation operation(String path, String method, JsonNode operation) {
    JsonNode body = operation.at("/requestBody/content/application~1json");
    Matcher function =
        FUNCTION.matcher(operation.at("/x-amazon-apigateway-integration/uri/Fn::Sub").asText());
    List<String> parameters = new ArrayList<>();
    List<String> query = new ArrayList<>();
    for (JsonNode parameter : filled(operation.path("parameters"))) {
      parameters.add(parameter.get("name").asText());
      if (parameter.get("in").asText().equals("query")) {
        query.add(parameter.get("name").asText());
      }
    }
    return new Operation(
        operation.path("operationId").asText(),
        method.toUpperCase(Locale.ROOT),
        path,
        function.find() ? function.group(1) : "no function",
        parameters,
        query,
        body.has("schema") ? filled(body.get("schema")) : null,
        body.get("x-example"),
        answers(filled(operation.path("responses"))));
  }

  private static Map<String, Answer> answers(JsonNode responses) {
    Map<String, Answer> answers = new HashMap<>();
    responses
        .properties()
        .forEach(
            response -> {
              List<String> headers = new ArrayList<>();
              response.getValue().path("headers").fieldNames().forEachRemaining(headers::add);
              JsonNode schema = response.getValue().path("content").findPath("schema");
              answers.put(response.getKey(), new Answer(headers, schema));
            });
    return answers;
  }

  /** A named schema of the document's components. */
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
