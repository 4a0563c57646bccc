package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.streamkeep.localcloud.iam.Principal;
import io.streamkeep.localcloud.iam.Role;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The resources of a SAM template that the local cloud runs. */
public record Template(
    List<TableSpec> tables,
    List<QueueSpec> queues,
    List<FunctionSpec> functions,
    @Nullable ApiSpec api) {

  static final JsonPointer GLOBALS = JsonPointer.compile("/Globals/Function");

  /** Reads a template; throws a TemplateException for the first unsupported part. */
  public static Template read(Path file) throws IOException {
    Map<String, List<Resource>> resources = resources(TemplateDocument.read(file));
    List<Resource> none = List.of();
    List<TableSpec> tables =
        resources.getOrDefault("AWS::DynamoDB::Table", none).stream().map(TableSpec::read).toList();
    List<QueueSpec> queues =
        resources.getOrDefault("AWS::SQS::Queue", none).stream().map(QueueSpec::read).toList();
    Map<String, Role> roles =
        RoleReader.read(
            resources.getOrDefault("AWS::IAM::Role", none),
            resources.getOrDefault("AWS::IAM::Policy", none));
    return new Template(
        tables,
        queues,
        resources.getOrDefault("AWS::Serverless::Function", none).stream()
            .map(function -> FunctionSpec.read(function, tables, queues, roles))
            .toList(),
        api(resources.getOrDefault("AWS::Serverless::Api", none)));
  }

  public List<Principal> principals() {
    return functions.stream().map(FunctionSpec::principal).toList();
  }

  public QueueSpec queue(String id) {
    return queues.stream()
        .filter(queue -> queue.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no queue " + id));
  }

  private static @Nullable ApiSpec api(List<Resource> apis) {
    if (apis.size() > 1) {
      throw apis.get(1).refuse("", "a second API is not supported");
    }
    return apis.isEmpty() ? null : ApiSpec.read(apis.getFirst());
  }

  /** The resources by type, without those of ignored types. */
  private static Map<String, List<Resource>> resources(TemplateDocument document) {
    SupportedProperties supported = new SupportedProperties(document);
    supported.check("Template", document.root(), JsonPointer.empty());
    Intrinsics intrinsics = new Intrinsics(document);
    JsonNode globals = resolve("Globals", document.root().at(GLOBALS), GLOBALS, intrinsics);
    supported.check("Globals", globals, GLOBALS);
    Map<String, List<Resource>> resources = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : document.root().path("Resources").properties()) {
      JsonPointer at = Resource.pointer(entry.getKey());
      String type = supported.type(entry.getValue(), at);
      if (!SupportedProperties.isIgnored(type)) {
        supported.check("Resource", entry.getValue(), at);
        JsonPointer own = at.appendProperty("Properties");
        ObjectNode properties = resolve(type, entry.getValue().path("Properties"), own, intrinsics);
        if (type.equals("AWS::Serverless::Function")) {
          globals.properties().forEach(all -> properties.putIfAbsent(all.getKey(), all.getValue()));
        }
        supported.check(type, properties, own);
        resources
            .computeIfAbsent(type, key -> new ArrayList<>())
            .add(new Resource(entry.getKey(), properties, document));
      }
    }
    return resources;
  }

  /** The properties with their functions evaluated, except in those that are ignored. */
  private static ObjectNode resolve(
      String type, JsonNode properties, JsonPointer at, Intrinsics intrinsics) {
    ObjectNode resolved = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : properties.properties()) {
      String name = property.getKey();
      resolved.set(
          name,
          SupportedProperties.isIgnored(type, name)
              ? property.getValue()
              : intrinsics.resolve(at.appendProperty(name)));
    }
    return resolved;
  }
}
