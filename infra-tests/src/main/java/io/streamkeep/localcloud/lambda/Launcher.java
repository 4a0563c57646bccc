package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.PhysicalNames;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts execution environments, with the variables of the template and of Lambda, no others. */
record Launcher(
    RuntimeApi api,
    RuntimeProgram program,
    Path folder,
    Endpoints endpoints,
    Permissions permissions,
    LongConsumer onSnapshot,
    Consumer<String> log) {

  /** Starts an environment with additional JVM options. */
  ExecutionEnvironment start(FunctionSpec function, List<String> options) {
    String id = UUID.randomUUID().toString();
    String logStream = "[" + function.version() + "]" + id.replace("-", "");
    ProcessBuilder builder =
        new ProcessBuilder(command(function, options))
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables(function, id, logStream));
    return api.register(
        id,
        () -> {
          Telemetry telemetry = new Telemetry(function, logStream, permissions, log);
          return new ExecutionEnvironment(id, function, start(builder), onSnapshot, telemetry);
        });
  }

  private static Process start(ProcessBuilder builder) {
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<Path> classPath(FunctionSpec function) {
    return Stream.of(program.classPath(), List.of(function.code()), program.fallback())
        .flatMap(List::stream)
        .distinct()
        .toList();
  }

  private List<String> command(FunctionSpec function, List<String> options) {
    String classPath =
        classPath(function).stream()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // java25 on Lambda stops at C1; the heap leaves room for the rest of the VM
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Xmx" + function.memory() * 85 / 100 + "m");
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.addAll(options);
    command.addAll(List.of("-cp", classPath));
    command.addAll(program.command());
    command.add(function.handler());
    return command;
  }

  private Map<String, String> variables(FunctionSpec function, String id, String logStream) {
    Map<String, String> variables = new HashMap<>(function.variables().at(endpoints.sqs()));
    variables.put("_HANDLER", function.handler());
    variables.put("TZ", ":UTC");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    variables.put("LAMBDA_TASK_ROOT", folder.toString());
    variables.put("LAMBDA_RUNTIME_DIR", folder.toString());
    variables.put("AWS_REGION", PhysicalNames.REGION);
    variables.put("AWS_DEFAULT_REGION", PhysicalNames.REGION);
    variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + function.runtime());
    variables.putAll(credentials(function, id));
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address(id));
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", function.version());
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memory()));
    variables.put(
        "AWS_LAMBDA_INITIALIZATION_TYPE", function.snapStart() ? "snap-start" : "on-demand");
    variables.put("AWS_LAMBDA_LOG_FORMAT", function.logging().format());
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", function.logging().group());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream);
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", endpoints.dynamoDb());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", endpoints.dynamoDb());
    variables.put("AWS_ENDPOINT_URL_SQS", endpoints.sqs());
    return variables;
  }

  /**
   * Credentials in variables, or, as variables would be part of a snapshot, where to fetch them.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">Activating
   *     and managing Lambda SnapStart</a>
   */
  private Map<String, String> credentials(FunctionSpec function, String id) {
    return function.snapStart()
        ? Map.of(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI",
            api.credentials(id),
            "AWS_CONTAINER_AUTHORIZATION_TOKEN",
            id)
        : Map.of(
            "AWS_ACCESS_KEY_ID",
            Permissions.accessKey(function.id()),
            "AWS_SECRET_ACCESS_KEY",
            Lambda.SECRET,
            "AWS_SESSION_TOKEN",
            id);
  }
}
