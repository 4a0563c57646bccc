package io.streamkeep.bench;

import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Cold starts under AWS's runtime client, each in a new process of a local cloud that is set up
 * like java25 on Lambda: C1, the serial collector and, from JDK 25, an AOT cache for the client.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize
 *     Java runtime startup behavior</a>
 */
final class ColdStarts {

  /** Enough runs for the services, which share this VM, to answer at their usual speed. */
  private static final int WARM_UP_RUNS = 3;

  private final Path root;
  private final Path folder;
  private final Path template;

  /**
   * Cold starts of packaged functions.
   *
   * @param root of the project, built
   * @param folder for temporary files
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
    EMPTY("empty handler", "infra-tests/baseline/target/original-baseline.jar"),
    SDK("SDK client, one PutItem", "infra-tests/baseline/target/baseline.jar"),
    COMMAND("command, an order placed", "functions/command/target/command.jar");

    final String title;
    private final String jar;

    Variant(String title, String jar) {
      this.title = title;
      this.jar = jar;
    }
  }

  /**
   * The cold starts of a variant.
   *
   * @param millis from the start of the process to its first answer, run by run
   * @param classes loaded until then
   */
  record Measured(Variant variant, List<Double> millis, long classes, long jarBytes) {}

  static boolean hasAotCache() {
    return Runtime.version().feature() >= 25;
  }

  /** Measures all variants, one after the other in each run. */
  List<Measured> measure(int runs) throws IOException, InterruptedException {
    List<String> options = hasAotCache() ? List.of("-XX:AOTCache=" + createAotCache()) : List.of();
    Map<Variant, List<Double>> millis = new EnumMap<>(Variant.class);
    for (Variant variant : Variant.values()) {
      millis.put(variant, new ArrayList<>());
    }
    try (LocalCloud cloud = cloud(options)) {
      for (int run = -Math.min(WARM_UP_RUNS, runs); run < runs; run++) {
        for (Map.Entry<Variant, List<Double>> each : millis.entrySet()) {
          double taken = coldStart(cloud, each.getKey());
          if (run >= 0) {
            each.getValue().add(taken);
          }
        }
      }
    }
    List<String> logging = new ArrayList<>(options);
    logging.add("-Xlog:class+load:file=" + folder.resolve("%p.classes"));
    List<Measured> measured = new ArrayList<>();
    try (LocalCloud cloud = cloud(logging)) {
      for (Map.Entry<Variant, List<Double>> each : millis.entrySet()) {
        Variant variant = each.getKey();
        long jarBytes = Files.size(root.resolve(variant.jar));
        measured.add(new Measured(variant, each.getValue(), classes(cloud, variant), jarBytes));
      }
    }
    return measured;
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
    InvocationResult result = function.invoke(order, "Root=1-00000000-0");
    double millis = Contender.millisSince(start);
    if (result.failed() || result.payload().contains("problem+json")) {
      throw new IllegalStateException(variant.title + " failed: " + result.payload());
    }
    return millis;
  }

  /** Creates the cache, which the VM writes when it exits, from a run of the empty handler. */
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
      throw new IllegalStateException("The VM wrote no AOT cache");
    }
    return cache;
  }

  private long classes(LocalCloud cloud, Variant variant) throws IOException, InterruptedException {
    coldStart(cloud, variant);
    long pid = cloud.function(variant.name()).environments().getFirst();
    return Files.readAllLines(folder.resolve(pid + ".classes")).stream()
        .filter(line -> line.contains(" source: "))
        .count();
  }
}
