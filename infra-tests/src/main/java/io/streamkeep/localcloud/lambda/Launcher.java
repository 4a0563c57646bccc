package io.streamkeep.localcloud.lambda;

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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts execution environments, with the variables of the template and of Lambda, no others. */
final class Launcher {
  private final RuntimeApi api;
  private final RuntimeProgram program;
  private final List<String> vmOptions;
  private final Path folder;
  private final Endpoints endpoints;
  private final Consumer<String> log;

  Launcher(
      RuntimeApi api,
      RuntimeProgram program,
      List<String> vmOptions,
      Path folder,
      Endpoints endpoints,
      Consumer<String> log) {
    this.api = api;
    this.program = program;
    this.vmOptions = vmOptions;
    this.folder = folder;
    this.endpoints = endpoints;
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
          new Environment(function, process, line -> log.accept("[" + function.id() + "] " + line));
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
    command.addAll(vmOptions);
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(program.main(), function.handler()));
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
    variables.put("AWS_ACCESS_KEY_ID", Lambda.ACCESS_KEY + function.id());
    variables.put("AWS_SECRET_ACCESS_KEY", "local");
    variables.put("AWS_SESSION_TOKEN", "local");
    variables.put("AWS_LAMBDA_RUNTIME_API", api.address(id));
    variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
    variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
    variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", String.valueOf(function.memory()));
    variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
    variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + function.name());
    variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "[$LATEST]" + id.replace("-", ""));
    variables.put("AWS_ENDPOINT_URL_DYNAMODB", endpoints.dynamoDb());
    variables.put("AWS_ENDPOINT_URL_SQS", endpoints.sqs());
    return variables;
  }
}
