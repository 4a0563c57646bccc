package io.streamkeep.localcloud.template;

import io.streamkeep.localcloud.iam.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** AWS::Serverless::Function; what it does not say itself, Globals may. */
final class FunctionReader {
  private static final String[] INHERITED = {
    "Runtime", "Architectures", "MemorySize", "Timeout", "Tracing", "AutoPublishAlias"
  };
  private static final String[] OWN = {
    "CodeUri",
    "Handler",
    "Role",
    "SnapStart",
    "LoggingConfig",
    "Environment",
    "Events",
    "EventInvokeConfig"
  };

  private final Map<String, Value> globals;
  private final SourceReader sources;
  private final Map<String, Role> roles;

  FunctionReader(
      Optional<Value> globals,
      List<TableSpec> tables,
      List<QueueSpec> queues,
      Map<String, Role> roles) {
    this.globals = globals.map(all -> all.only("Globals", INHERITED)).orElse(Map.of());
    this.sources = new SourceReader(tables, queues);
    this.roles = roles;
  }

  FunctionSpec read(String id, Value function) {
    Map<String, Value> properties = new HashMap<>(globals);
    properties.putAll(
        function.only(
            "function",
            Stream.concat(Stream.of(OWN), Stream.of(INHERITED)).toArray(String[]::new)));
    Optional.ofNullable(properties.get("Architectures"))
        .ifPresent(all -> all.items().forEach(item -> item.oneOf("arm64", "x86_64")));
    boolean tracing =
        Optional.ofNullable(properties.get("Tracing"))
            .map(mode -> mode.oneOf("Active", "PassThrough", "Disabled").equals("Active"))
            .orElse(false);
    Optional<String> alias =
        Optional.ofNullable(properties.get("AutoPublishAlias")).map(Value::text);
    return new FunctionSpec(
        id,
        runtime(need(function, properties, "Runtime")),
        code(function.need("CodeUri")),
        function.need("Handler").text(),
        need(function, properties, "MemorySize").number(128, 10_240),
        need(function, properties, "Timeout").number(1, 900),
        alias,
        snapStart(function, alias),
        logging(id, function),
        variables(function),
        sources(function),
        role(function.need("Role")),
        tracing);
  }

  private static boolean snapStart(Value function, Optional<String> alias) {
    Optional<Value> snapStart = function.find("SnapStart");
    snapStart.ifPresent(
        settings -> {
          settings.only("SnapStart", "ApplyOn");
          settings.need("ApplyOn").oneOf("PublishedVersions");
          if (alias.isEmpty()) {
            throw settings.refuse("nothing would be published: AutoPublishAlias is missing");
          }
        });
    return snapStart.isPresent();
  }

  private static FunctionSpec.Logging logging(String id, Value function) {
    Optional<Value> config = function.find("LoggingConfig");
    config.ifPresent(settings -> settings.only("LoggingConfig", "LogFormat", "LogGroup"));
    return new FunctionSpec.Logging(
        config
            .flatMap(settings -> settings.find("LogGroup"))
            .map(Value::text)
            .orElse("/aws/lambda/" + Names.physical(id)),
        config
            .flatMap(settings -> settings.find("LogFormat"))
            .map(format -> format.oneOf("JSON", "Text"))
            .orElse("Text"));
  }

  private static Value need(Value function, Map<String, Value> properties, String name) {
    Value value = properties.get(name);
    if (value == null) {
      throw function.refuse(name + " is missing");
    }
    return value;
  }

  private static String runtime(Value runtime) {
    String text = runtime.text();
    if (!text.matches("java[0-9]+")) {
      throw runtime.refuse("runtime " + text + " is not supported, only Java's");
    }
    return text;
  }

  private static Path code(Value uri) {
    Path code = uri.file().toAbsolutePath().resolveSibling(uri.text()).normalize();
    if (!Files.isRegularFile(code)) {
      throw uri.refuse(uri.text() + " is not there: build it first");
    }
    return code;
  }

  private Role role(Value arn) {
    Role role = roles.get(arn.text());
    if (role == null) {
      throw arn.refuse("this is not the ARN of a role of the template");
    }
    return role;
  }

  private static FunctionSpec.Variables variables(Value function) {
    function.find("Environment").ifPresent(all -> all.only("Environment", "Variables"));
    Map<String, Value> variables =
        function
            .find("Environment")
            .map(environment -> environment.need("Variables").entries())
            .orElse(Map.of());
    return sqs -> {
      Map<String, String> resolved = new HashMap<>();
      variables.forEach((name, value) -> resolved.put(name, value.textAt(sqs)));
      return resolved;
    };
  }

  private List<SourceSpec> sources(Value function) {
    List<SourceSpec> all = new ArrayList<>();
    function
        .find("Events")
        .map(Value::entries)
        .orElse(Map.of())
        .forEach((name, event) -> all.add(sources.read(name, event)));
    if (all.stream().anyMatch(SourceSpec.Schedule.class::isInstance)) {
      refuseRetries(function);
    }
    return List.copyOf(all);
  }

  /** Lambda would try an event twice more that nobody waits for; the local cloud does not. */
  private static void refuseRetries(Value function) {
    Value config = function.need("EventInvokeConfig");
    config.only("EventInvokeConfig", "MaximumRetryAttempts");
    config.need("MaximumRetryAttempts").oneOf("0");
  }
}
