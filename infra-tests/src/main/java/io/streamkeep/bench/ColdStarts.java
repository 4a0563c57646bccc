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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Cold starts under AWS's runtime client, each a new process, in a local cloud as java25 on Lambda
 * has it: C1 and the serial collector, and from JDK 25 on an AOT cache for the runtime client.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-customization.html">Customize
 *     Java runtime startup behavior</a>
 */
final class ColdStarts {

  /** Until the services, which are in this VM, answer at their usual speed. */
  private static final int UNTIMED_RUNS = 3;

  private static final String TEMPLATE =
      """
      AWSTemplateFormatVersion: "2010-09-09"
      Transform: AWS::Serverless-2016-10-31
      Globals:
        Function: {Runtime: java25, Architectures: [arm64], MemorySize: 1024, Timeout: 20}
      Resources:
        EventsTable:
          Type: AWS::DynamoDB::Table
          Properties:
            BillingMode: PAY_PER_REQUEST
            AttributeDefinitions:
              - {AttributeName: stream, AttributeType: S}
              - {AttributeName: commit, AttributeType: N}
            KeySchema:
              - {AttributeName: stream, KeyType: HASH}
              - {AttributeName: commit, KeyType: RANGE}
        Role:
          Type: AWS::IAM::Role
          Properties:
            AssumeRolePolicyDocument:
              Version: "2012-10-17"
              Statement:
                - {Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}
            Policies:
              - PolicyName: function
                PolicyDocument:
                  Version: "2012-10-17"
                  Statement:
                    - {Effect: Allow, Action: "*", Resource: "*"}
      """;

  private final Path root;
  private final Path folder;
  private final Path template;

  /**
   * Prepares.
   *
   * @param root of the project, built
   * @param folder for what is only needed meanwhile
   */
  ColdStarts(Path root, Path folder) throws IOException {
    this.root = root;
    this.folder = folder;
    String functions =
        Stream.of(Variant.values())
            .map(variant -> variant.resource(root))
            .collect(Collectors.joining());
    this.template = Files.writeString(folder.resolve("template.yaml"), TEMPLATE + functions);
  }

  static boolean hasAotCache() {
    return Runtime.version().feature() >= 25;
  }

  /** Measures all variants, one after the other in each run. */
  List<Measured> measure(int runs) throws IOException, InterruptedException {
    List<String> options = hasAotCache() ? List.of("-XX:AOTCache=" + train()) : List.of();
    Map<Variant, List<Double>> millis = time(runs, options);
    List<Measured> measured = new ArrayList<>();
    try (LocalCloud cloud = cloud(andLogClasses(options))) {
      for (Map.Entry<Variant, List<Double>> each : millis.entrySet()) {
        Variant variant = each.getKey();
        long classes = classes(cloud, variant);
        measured.add(new Measured(variant, each.getValue(), classes, variant.jarBytes(root)));
      }
    }
    return measured;
  }

  private Map<Variant, List<Double>> time(int runs, List<String> options)
      throws IOException, InterruptedException {
    Map<Variant, List<Double>> millis = new EnumMap<>(Variant.class);
    try (LocalCloud cloud = cloud(options)) {
      for (int run = -UNTIMED_RUNS; run < runs; run++) {
        for (Variant variant : Variant.values()) {
          double taken = coldStart(cloud, variant);
          if (run >= 0) {
            millis.computeIfAbsent(variant, v -> new ArrayList<>()).add(taken);
          }
        }
      }
    }
    return millis;
  }

  private LocalCloud cloud(List<String> options) throws IOException {
    // All have the empty handler's jar first, or the cache would fit only one class path.
    RuntimeProgram client =
        RuntimeProgram.awsClient().with(Variant.EMPTY.jar(root)).options(options);
    return LocalCloud.of(template).runtime(client).start();
  }

  /** Returns the milliseconds that it took. */
  private double coldStart(LocalCloud cloud, Variant variant) throws InterruptedException {
    LambdaFunction function = cloud.function(variant.name());
    function.kill();
    String order = PlaceOrder.event(UUID.randomUUID().toString());
    long start = System.nanoTime();
    InvocationResult result = function.invoke(order, "Root=1-00000000-0");
    double millis = (System.nanoTime() - start) / 1e6;
    if (result.failed() || result.payload().contains("problem+json")) {
      throw new IllegalStateException(variant.title + " failed: " + result.payload());
    }
    return millis;
  }

  /** Makes the cache from what a VM loads to run the empty handler: it is written at its end. */
  private Path train() throws IOException, InterruptedException {
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

  private List<String> andLogClasses(List<String> options) {
    String log = "-Xlog:class+load:file=" + folder.resolve("%p.classes");
    return Stream.concat(options.stream(), Stream.of(log)).toList();
  }

  /** How many it loads until its first answer. */
  private long classes(LocalCloud cloud, Variant variant) throws IOException, InterruptedException {
    coldStart(cloud, variant);
    long pid = cloud.function(variant.name()).environments().getFirst();
    try (Stream<String> lines = Files.lines(folder.resolve(pid + ".classes"))) {
      return lines.filter(line -> line.contains(" source: ")).count();
    }
  }
}
