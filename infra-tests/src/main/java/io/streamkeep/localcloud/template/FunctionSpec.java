package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamkeep.localcloud.iam.Principal;
import io.streamkeep.localcloud.iam.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A function.
 *
 * @param memory in MB
 * @param timeout in seconds
 * @param alias the name under which a version is published
 * @param snapStart true if environments start from a snapshot of the published version
 * @param role the source of all its permissions
 * @param tracing true if Lambda sends its traces to X-Ray
 */
public record FunctionSpec(
    String id,
    String runtime,
    Path code,
    String handler,
    int memory,
    int timeout,
    Optional<String> alias,
    boolean snapStart,
    Logging logging,
    Variables variables,
    List<SourceSpec> sources,
    Role role,
    boolean tracing) {

  /**
   * The destination of the function's log.
   *
   * @param format JSON or Text
   */
  public record Logging(String group, String format) {}

  /**
   * Reads AWS::Serverless::Function.
   *
   * @param roles the template's roles by ARN
   */
  static FunctionSpec read(
      Resource function, List<TableSpec> tables, List<QueueSpec> queues, Map<String, Role> roles) {
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
        SourceSpec.read(function, tables, queues),
        role(function, roles),
        properties.path("Tracing").asText().equals("Active"));
  }

  private static Logging logging(Resource function) {
    JsonNode config = function.properties().path("LoggingConfig");
    return new Logging(
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

  private static Role role(Resource function, Map<String, Role> roles) {
    Role role = roles.get(function.properties().path("Role").asText());
    if (role == null) {
      throw function.refuse("/Role", "this is not the ARN of a role of the template");
    }
    return role;
  }

  private static Variables variables(JsonNode variables) {
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

  /** The ARN that the gateway and the mappings invoke: that of the alias, if there is one. */
  public String arn() {
    return PhysicalNames.functionArn(id) + alias.map(name -> ":" + name).orElse("");
  }

  /** The published version, or $LATEST if none is published. */
  public String version() {
    return alias.isPresent() ? "1" : "$LATEST";
  }

  public String name() {
    return PhysicalNames.physical(id);
  }

  public Principal principal() {
    return new Principal(id, PhysicalNames.sessionArn(role.name(), name()), role);
  }

  /** The environment variables; queue URLs in them contain the endpoint of SQS. */
  @FunctionalInterface
  public interface Variables {
    Map<String, String> at(String sqsEndpoint);
  }
}
