package io.streamkeep.bench;

import static java.util.Objects.requireNonNull;

import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import io.streamkeep.localcloud.lambda.TraceHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Cold starts under AWS's runtime client, each in a new process of a local cloud that is set up
 * like java25 on Lambda: C1, the serial collector and, from JDK 25, an AOT cache for the client.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize
 *     Java runtime startup behavior</a>
 */
final class ColdStarts {

  /** Enough warm-up for the emulators, which share this JVM, to reach their usual speed. */
  private static final int WARM_UP_RUNS = 3;

  private final Path root;
  private final Path folder;
  private final Path template;

  /**
   * Measures packaged functions.
   *
   * @param root the root of the project, which has been built
   * @param folder receives temporary files
   */
  ColdStarts(Path root, Path folder) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    this.folder = folder;
    String resources =
        PlaceOrder.resource("cold-start.yaml").replace("{root}", this.root.toString());
    this.template = Files.writeString(folder.resolve("template.yaml"), resources);
  }

  /** A function of {@code cold-start.yaml}. */
  enum Variant {
    EMPTY("infra-tests/baseline/target/original-baseline.jar"),
    SDK("infra-tests/baseline/target/baseline.jar"),
    COMMAND("functions/command/target/command.jar");

    private final String jar;

    Variant(String jar) {
      this.jar = jar;
    }
  }

  /**
   * The cold starts of a variant.
   *
   * @param millis the time from the start of the process to its first response
   * @param ofSdk the ratio to the time of SDK, run by run
   * @param ofEmpty the ratio to the time of EMPTY, run by run
   * @param classes the number of classes loaded until the first response
   */
  record Result(
      String variant,
      MedianRange millis,
      MedianRange ofSdk,
      MedianRange ofEmpty,
      long jarBytes,
      long classes) {}

  static boolean hasAotCache() {
    return Runtime.version().feature() >= 25;
  }

  /** Measures all variants, one after the other in each run. */
  List<Result> measure(int runs) throws IOException, InterruptedException {
    List<String> options = hasAotCache() ? List.of("-XX:AOTCache=" + createAotCache()) : List.of();
    Map<Variant, Long> classes = countClasses(options, Math.min(WARM_UP_RUNS, runs));
    Map<Variant, List<Double>> millis = new EnumMap<>(Variant.class);
    classes.keySet().forEach(variant -> millis.put(variant, new ArrayList<>()));
    try (LocalCloud cloud = cloud(options)) {
      for (int run = 0; run < runs; run++) {
        for (Map.Entry<Variant, List<Double>> each : millis.entrySet()) {
          each.getValue().add(coldStart(cloud, each.getKey()));
        }
      }
    }
    List<Result> results = new ArrayList<>();
    for (Map.Entry<Variant, List<Double>> each : millis.entrySet()) {
      results.add(
          new Result(
              each.getKey().name().toLowerCase(Locale.ROOT),
              MedianRange.of(each.getValue()),
              MedianRange.ofRatios(each.getValue(), requireNonNull(millis.get(Variant.SDK))),
              MedianRange.ofRatios(each.getValue(), requireNonNull(millis.get(Variant.EMPTY))),
              Files.size(root.resolve(each.getKey().jar)),
              requireNonNull(classes.get(each.getKey()))));
    }
    return results;
  }

  /** Counts the classes that each variant loads in the last of several unmeasured cold starts. */
  private Map<Variant, Long> countClasses(List<String> options, int starts)
      throws IOException, InterruptedException {
    List<String> logging = new ArrayList<>(options);
    logging.add("-Xlog:class+load:file=" + folder.resolve("%p.classes"));
    Map<Variant, Long> classes = new EnumMap<>(Variant.class);
    try (LocalCloud cloud = cloud(logging)) {
      for (Variant variant : Variant.values()) {
        for (int i = 0; i < starts; i++) {
          coldStart(cloud, variant);
        }
        long pid = cloud.function(variant.name()).environments().getFirst();
        try (Stream<String> log = Files.lines(folder.resolve(pid + ".classes"))) {
          classes.put(variant, log.filter(line -> line.contains(" source: ")).count());
        }
      }
    }
    return classes;
  }

  private LocalCloud cloud(List<String> options) throws IOException {
    // The empty handler's jar is always first: an AOT cache fits only one prefix of the class path.
    RuntimeProgram client =
        RuntimeProgram.awsClient().with(root.resolve(Variant.EMPTY.jar)).options(options);
    return LocalCloud.of(template).runtime(client).start();
  }

  private static double coldStart(LocalCloud cloud, Variant variant) throws InterruptedException {
    LambdaFunction function = cloud.function(variant.name());
    function.kill();
    String order = PlaceOrder.event(UUID.randomUUID().toString());
    long start = System.nanoTime();
    InvocationResult result = function.invoke(order, TraceHeader.start());
    double millis = Contender.millisSince(start);
    if (result.failed() || result.payload().contains("problem+json")) {
      throw new IllegalStateException(variant + " failed: " + result.payload());
    }
    return millis;
  }

  /** Creates the cache from a run of the empty handler; the VM writes it on exit. */
  private Path createAotCache() throws IOException, InterruptedException {
    Path cache = folder.resolve("runtime-client.aot");
    try (LocalCloud cloud = cloud(List.of("-XX:AOTCacheOutput=" + cache))) {
      coldStart(cloud, Variant.EMPTY);
      for (long pid : cloud.function(Variant.EMPTY.name()).environments()) {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        process.destroy();
        process.onExit().join();
      }
    }
    if (!Files.exists(cache)) {
      throw new IllegalStateException("The JVM wrote no AOT cache");
    }
    return cache;
  }
}
