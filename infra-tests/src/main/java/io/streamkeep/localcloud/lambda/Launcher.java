package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.iam.AccessKey;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.Names;


import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts execution environments, with the variables of the template and of Lambda, no others. */
final class Launcher {
  private final RuntimeApi api;
  private final RuntimeProgram program;
  private final Path folder;
  private final Endpoints endpoints;
  private final Permissions permissions;
  private final LongConsumer onSnapshot;
  private final Consumer<String> log;

  Launcher(
      RuntimeApi api,
      RuntimeProgram program,
      Path folder,
      Endpoints endpoints,
      Permissions permissions,
      LongConsumer onSnapshot,
      Consumer<String> log) {
    this.api = api;
    this.program = program;
    this.folder = folder;
    this.endpoints = endpoints;
    this.permissions = permissions;
    this.onSnapshot = onSnapshot;
    this.log = log;
  }

  Environment start(FunctionSpec function) {
    String id = UUID.randomUUID().toString();
    ProcessBuilder builder =
        new ProcessBuilder(command(function)).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(variables(function, id));
    CompletableFuture<Environment> expected = new CompletableFuture<>();
    api.expect(id, expected);
    try {
      Process process = builder.start();
      var unused = process.onExit().thenRun(() -> api.forget(id));
      Environment environment =
          new Environment(
              id,
              function,
              process,
              onSnapshot,
              new Telemetry(function, logStream(function, id), permissions, log));
      expected.complete(environment);
      return environment;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(FunctionSpec function) {
    String classPath =
        Stream.concat(program.classPath().stream(), Stream.of(function.code()))
            .distinct()
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // java25 on Lambda stops at C1; the heap leaves room for the rest of the VM
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData"));
    command.add("-Xmx" + function.memory() * 85 / 100 + "m");
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.addAll(List.of("-cp", classPath));
    command.addAll(program.command());
    command.add(function.handler());
    return command;
  }

  private Map<String, String> variables(FunctionSpec function, String id) {
    Map<String, String> variables = new HashMap<>(function.variables().at(endpoints.sqs()));
    variables.put("_HANDLER", function.handler());
    variables.put("TZ", ":UTC");
    variables.put("LANG", "en_US.UTF-8");
    variables.put("PATH", "/usr/local/bin:/usr/bin:/bin");
    variables.put("LAMBDA_TASK_ROOT", folder.toString());
    variables.put("LAMBDA_RUNTIME_DIR", folder.toString());
    variables.put("AWS_REGION", Names.REGION);
    variables.put("AWS_DEFAULT_REGION", Names.REGION);
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
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", logStream(function, id));
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", endpoints.dynamoDb());
    variables.put("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", endpoints.dynamoDb());
    variables.put("AWS_ENDPOINT_URL_SQS", endpoints.sqs());
    return variables;
  }

  private static String logStream(FunctionSpec function, String id) {
    return "[" + function.version() + "]" + id.replace("-", "");
  }

  /**
   * Those in variables would be in the snapshot, so SnapStart has others.
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
            AccessKey.of(function.id()),
            "AWS_SECRET_ACCESS_KEY",
            Lambda.SECRET,
            "AWS_SESSION_TOKEN",
            id);
  }
}
