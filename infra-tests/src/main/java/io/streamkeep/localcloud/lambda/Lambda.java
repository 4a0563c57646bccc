package io.streamkeep.localcloud.lambda;

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
  /** With a function's logical id behind it, a key by which the endpoints tell who calls. */
  static final String ACCESS_KEY = "AKIA";

  static final String SECRET = "local";

  private final Map<String, LambdaFunction> functions = new LinkedHashMap<>();
  private final RuntimeApi api;
  private final Path folder;

  /**
   * Starts nothing yet but the Runtime API.
   *
   * @param program what environments run, where it is not the loop that comes with the local cloud
   * @param bound how many environments a function may have
   * @param onSnapshot gets the process id of an environment that SnapStart would take its snapshot
   *     of, and only when it returns is the environment restored
   */
  public Lambda(
      List<FunctionSpec> specs,
      Endpoints endpoints,
      Optional<RuntimeProgram> program,
      int bound,
      LongConsumer onSnapshot,
      Consumer<String> log)
      throws IOException {
    folder = Files.createTempDirectory("streamkeep-lambda");
    api = new RuntimeApi();
    RuntimeProgram loop = RuntimeProgram.loop(folder);
    Launcher launcher = new Launcher(api, program.orElse(loop), folder, endpoints, onSnapshot, log);
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

  /** The logical id of the function that has this key, or "" if none has. */
  public static String functionOf(String accessKey) {
    return accessKey.startsWith(ACCESS_KEY) ? accessKey.substring(ACCESS_KEY.length()) : "";
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
