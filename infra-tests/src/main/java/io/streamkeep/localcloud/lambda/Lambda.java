package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.FunctionSpec;


import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
   * Starts nothing yet but the Runtime API. Throws a RoleException where Lambda would make no
   * function.
   *
   * @param program what environments run, where it is not the loop that comes with the local cloud
   * @param bound how many environments a function may have
   * @param faults says how environments' clocks jump
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
      Supplier<Faults> faults,
      Consumer<String> log)
      throws IOException {
    specs.forEach(spec -> Telemetry.requireTraces(spec, permissions));
    folder = Files.createTempDirectory("streamkeep-lambda");
    api = new RuntimeApi();
    RuntimeProgram loop = RuntimeProgram.loop(folder);
    if (faults.get().movesClocks()) {
      if (program.isPresent()) {
        throw new IllegalArgumentException("clocks jump in the local cloud's own loop only");
      }
      loop = loop.options(JumpingClock.options(folder));
    }
    Launcher launcher =
        new Launcher(api, program.orElse(loop), folder, endpoints, permissions, onSnapshot, log);
    specs.forEach(
        spec -> functions.put(spec.id(), new LambdaFunction(spec, launcher, bound, faults)));
  }

  public LambdaFunction function(String id) {
    return Optional.ofNullable(functions.get(id))
        .orElseThrow(() -> new IllegalArgumentException("there is no function " + id));
  }

  /** How often the function was killed; never, for anyone else. */
  public int kills(String id) {
    return functions.containsKey(id) ? function(id).kills() : 0;
  }

  /** Kills an environment of the function, known by its session token. */
  public void kill(String id, String environment) {
    function(id).environment(environment).ifPresent(Environment::kill);
  }

  /**
   * Lets an environment of the function hang in its invocation, and waits until that has ended.
   *
   * @param after when that is; zero for when the function's time-out is over
   */
  public void hang(String id, String environment, Duration after) {
    function(id).environment(environment).ifPresent(hung -> hung.hang(after));
  }

  /** An environment that hangs in one call does so in all others of its invocation. */
  public void awaitEndIfHung(String id, String environment) {
    function(id).environment(environment).ifPresent(Environment::awaitEndIfHung);
  }

  /** Whether the environment's process is gone that made a call. */
  public boolean ended(String id, String environment) {
    return function(id).environment(environment).filter(Environment::ended).isPresent();
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
