package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.FunctionSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The functions of a template. */
public final class Lambda implements AutoCloseable {
  static final String SECRET = "local";

  private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
  private final RuntimeApi api;
  private final Path folder;

  /**
   * Starts the Runtime API, and no environment yet. Throws a RoleException where Lambda would not
   * create a function.
   *
   * @param program runs in environments instead of the local cloud's own program
   * @param limit the maximum number of environments of a function
   * @param onSnapshot receives the process id of an environment when SnapStart would take its
   *     snapshot; the environment is restored when it returns
   * @param faults says by how much environments' clocks jump
   */
  public Lambda(
      List<FunctionSpec> specs,
      Endpoints endpoints,
      Permissions permissions,
      Optional<RuntimeProgram> program,
      int limit,
      LongConsumer onSnapshot,
      Supplier<Faults> faults,
      Consumer<String> log)
      throws IOException {
    specs.forEach(spec -> Telemetry.requireTraces(spec, permissions));
    folder = Files.createTempDirectory("streamkeep-lambda");
    api = new RuntimeApi();
    RuntimeProgram own = RuntimeProgram.portableClient();
    boolean clocksMove = faults.get().movesClocks();
    if (clocksMove) {
      if (program.isPresent()) {
        throw new IllegalArgumentException("only the local cloud's own program can move clocks");
      }
      own = own.options(JumpingClock.options(folder));
    }
    Launcher launcher =
        new Launcher(api, program.orElse(own), folder, endpoints, permissions, onSnapshot, log);
    for (FunctionSpec spec : specs) {
      // a JVM with a patched module cannot use an archive
      Optional<ClassArchive> archive =
          program.isPresent() || clocksMove
              ? Optional.empty()
              : ClassArchive.of(spec.code(), launcher.classPath(spec));
      functions.put(spec.id(), new LambdaFunction(spec, launcher, archive, limit, faults));
    }
  }

  public Collection<LambdaFunction> functions() {
    return functions.values();
  }

  public LambdaFunction function(String id) {
    return Optional.ofNullable(functions.get(id))
        .orElseThrow(() -> new IllegalArgumentException("there is no function " + id));
  }

  /** The environment that calls with this session token; empty once its process has ended. */
  public Optional<ExecutionEnvironment> environment(String sessionToken) {
    return api.environment(sessionToken);
  }

  public void prewarm() {
    functions.values().forEach(LambdaFunction::prewarm);
  }

  @Override
  public void close() {
    functions.values().parallelStream().forEach(LambdaFunction::end);
    api.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
