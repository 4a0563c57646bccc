package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.FunctionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The functions of a template. */
public final class Lambda implements AutoCloseable {
  static final String SECRET = "local";

  private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
  private final RuntimeApi api;
  private final Path folder;

  /**
   * Starts nothing yet but the Runtime API. Throws a RoleException where Lambda would make no
   * function.
   *
   * @param program what environments run, where it is not the loop that comes with the local cloud
   * @param bound how many environments a function may have
   * @param onSnapshot gets the process id of an environment that SnapStart would take its snapshot
   *     of, and only when it returns is the environment restored
   */
  public Lambda(
      List<FunctionSpec> specs,
      Endpoints endpoints,
      Permissions permissions,
      Optional<RuntimeProgram> program,
      int bound,
      LongConsumer onSnapshot,
      Consumer<String> log)
      throws IOException {
    specs.forEach(spec -> Telemetry.requireTraces(spec, permissions));
    folder = Files.createTempDirectory("streamkeep-lambda");
    api = new RuntimeApi();
    RuntimeProgram loop = RuntimeProgram.loop(folder);
    Launcher launcher =
        new Launcher(api, program.orElse(loop), folder, endpoints, permissions, onSnapshot, log);
    specs.forEach(spec -> functions.put(spec.id(), new LambdaFunction(spec, launcher, bound)));
  }

  public LambdaFunction function(String id) {
    return Optional.ofNullable(functions.get(id))
        .orElseThrow(() -> new IllegalArgumentException("there is no function " + id));
  }

  /** How often the function was killed; never, for anyone else. */
  public int kills(String id) {
    return functions.containsKey(id) ? function(id).kills() : 0;
  }

  public void prewarm() {
    functions.values().forEach(LambdaFunction::prewarm);
  }

  @Override
  public void close() {
    functions.values().forEach(LambdaFunction::kill);
    api.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
