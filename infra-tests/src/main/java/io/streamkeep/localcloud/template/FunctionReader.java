package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamkeep.localcloud.iam.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads AWS::Serverless::Function. */
final class FunctionReader {
  private final SourceReader sources;
  private final Map<String, Role> roles;

  FunctionReader(SourceReader sources, Map<String, Role> roles) {
    this.sources = sources;
    this.roles = roles;
  }

  FunctionSpec read(Resource function) {
    JsonNode properties = function.properties();
    Optional<String> alias = Optional.ofNullable(properties.path("AutoPublishAlias").textValue());
    if (properties.has("SnapStart") && alias.isEmpty()) {
      throw function.refuse(
          "/SnapStart", "nothing would be published: AutoPublishAlias is missing");
    }
    return new FunctionSpec(
        function.id(),
        properties.path("Runtime").asText(),
        code(function),
        properties.path("Handler").asText(),
        properties.path("MemorySize").asInt(),
        properties.path("Timeout").asInt(),
        alias,
        properties.has("SnapStart"),
        logging(function),
        variables(properties.at("/Environment/Variables")),
        sources.read(function),
        role(function),
        properties.path("Tracing").asText().equals("Active"));
  }

  private static FunctionSpec.Logging logging(Resource function) {
    JsonNode config = function.properties().path("LoggingConfig");
    return new FunctionSpec.Logging(
        config.path("LogGroup").asText("/aws/lambda/" + PhysicalNames.physical(function.id())),
        config.path("LogFormat").asText("Text"));
  }

  private static Path code(Resource function) {
    String uri = function.properties().path("CodeUri").asText();
    Path code = function.document().file().toAbsolutePath().resolveSibling(uri).normalize();
    if (!Files.isRegularFile(code)) {
      throw function.refuse("/CodeUri", uri + " is not there: build it first");
    }
    return code;
  }

  private Role role(Resource function) {
    Role role = roles.get(function.properties().path("Role").asText());
    if (role == null) {
      throw function.refuse("/Role", "this is not the ARN of a role of the template");
    }
    return role;
  }

  private static FunctionSpec.Variables variables(JsonNode variables) {
    return sqs -> {
      Map<String, String> resolved = new HashMap<>();
      variables
          .properties()
          .forEach(
              variable ->
                  resolved.put(
                      variable.getKey(),
                      variable.getValue().asText().replace(Intrinsics.SQS, sqs)));
      return resolved;
    };
  }
}
