package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.crac.RestoreException;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.Endpoints;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Hooks run around a snapshot, which contains nothing that environments restored from it must not
 * share.
 */
@Tag("slow")
final class SnapStartTest {

  private static final Path TEMPLATE = Path.of("..", "template.yaml").toAbsolutePath().normalize();
  private static final String[] SNAP_START = {
    "AutoPublishAlias: live", "SnapStart: {ApplyOn: PublishedVersions}"
  };

  /** The classes of ids, seeds, connections and credentials. */
  private static final Pattern UNIQUE =
      Pattern.compile(
          "java.util.(UUID|Random|SplittableRandom)|java.security.SecureRandom|java.net.Socket"
              + "|sun.net.www.http.HttpClient|software.amazon.awssdk.auth.credentials.Aws.*Credentials");

  /**
   * The objects that are allowed: the jitter of retries of each of the SDK's clients, and the JDK's
   * generator for TLS, which stays unique on Lambda.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-uniqueness.html">Handling
   *     uniqueness with Lambda SnapStart</a>
   */
  private static Map<String, Integer> ofTheSdk(int clients) {
    return Map.of("java.util.Random", 1 + clients, "java.security.SecureRandom", clients);
  }

  private static final String PLACE =
      """
      {"httpMethod": "POST", "resource": "/orders", "path": "/orders",
       "multiValueHeaders": {"Idempotency-Key": ["same"], "Content-Type": ["application/json"]},
       "requestContext": {"requestId": "1", "path": "/orders"}, "isBase64Encoded": false,
       "body": "{\\"currency\\": \\"GBP\\", \\"lines\\": [\
      {\\"sku\\": \\"1\\", \\"description\\": \\"\\", \\"quantity\\": 1, \\"unitPrice\\": 1}]}"}
      """;

  private Path folder;

  @BeforeEach
  void useFolder(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path probes(Class<?> handler, String... properties) throws IOException {
    Probes probes = new Probes(folder);
    String[] all =
        Stream.concat(Stream.of(SNAP_START), Stream.of(properties)).toArray(String[]::new);
    return probes.template(
        probes.function("First", handler, all), probes.function("Second", handler, all));
  }

  private static String invoke(LocalCloud cloud, String function, String event) throws Exception {
    return cloud.function(function).invoke(event, "Root=1-2-3").payload();
  }

  @Test
  void hooksRunInLambdasOrder() throws Exception {
    try (LocalCloud cloud = LocalCloud.of(probes(SnapProbe.class)).start()) {
      assertThat(invoke(cloud, "First", "{}"))
          .endsWith(" second-before,first-before,first-after,second-after,");
    }
  }

  @Test
  void restoreFails_whenAHookFails() throws Exception {
    Path template = probes(SnapProbe.class);
    Files.writeString(
        template, Files.readString(template).replace("{Variables: {", "{Variables: {AFTER: x, "));
    List<String> log = new CopyOnWriteArrayList<>();
    try (LocalCloud cloud = LocalCloud.of(template).log(log::add).start()) {
      assertThat(invoke(cloud, "First", "{}")).contains(RestoreException.class.getName());
      await()
          .untilAsserted(
              () ->
                  assertThat(String.join("\n", log))
                      .contains("restore failed", "java.lang.IllegalStateException"));
    }
  }

  @Test
  void credentialsAreFetched_andInNoVariable() throws Exception {
    try (LocalCloud cloud = LocalCloud.of(probes(Probe.class)).start()) {
      Map<String, String> variables = Probes.parse(invoke(cloud, "First", "do:env"));
      assertThat(variables)
          .containsEntry("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start")
          .containsEntry("AWS_LAMBDA_FUNCTION_VERSION", "1")
          .doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
      String token = variables.getOrDefault("AWS_CONTAINER_AUTHORIZATION_TOKEN", "");
      URI uri = URI.create(variables.getOrDefault("AWS_CONTAINER_CREDENTIALS_FULL_URI", ""));

      assertThat(get(uri, token).body()).contains("\"AccessKeyId\":", "\"Expiration\":");
      assertThat(get(uri, "guessed").statusCode()).isEqualTo(403);
      assertThat(invoke(cloud, "First", "do:context")).contains("function:streamkeep-First:live ");
    }
  }

  private static HttpResponse<String> get(URI uri, String token)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(uri).header("Authorization", token).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @ParameterizedTest
  @CsvSource({"CommandFunction, 1", "QueryFunction, 1", "OperationsFunction, 2"})
  void snapshotContainsNothingUnique(String function, int clients) throws Exception {
    Map<String, Integer> runtimes = unique(probes(Probe.class), "First");

    Map<String, Integer> allowed = new TreeMap<>(runtimes);
    allowed.putAll(ofTheSdk(clients));
    assertThat(unique(TEMPLATE, function)).isEqualTo(allowed);
  }

  @Test
  void uniqueObjectsInSnapshotAreFound() throws Exception {
    assertThat(unique(probes(SnapProbe.class), "First"))
        .containsEntry("java.util.UUID", 1)
        .containsEntry("java.util.SplittableRandom", 1);
  }

  /** The number of objects of each of those classes when the snapshot is taken. */
  private static Map<String, Integer> unique(Path template, String function) throws Exception {
    CompletableFuture<Map<String, Integer>> found = new CompletableFuture<>();
    try (LocalCloud cloud =
        LocalCloud.of(template)
            .log(System.out::println)
            .onSnapshot(pid -> found.complete(uniqueIn(pid)))
            .start()) {
      cloud.function(function).prewarm();
      return found.join();
    }
  }

  private static Map<String, Integer> uniqueIn(long pid) {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), String.valueOf(pid), "GC.class_histogram").start();
      Map<String, Integer> found = new TreeMap<>();
      // "  12:      3      96  java.util.UUID (java.base@25)"
      process
          .inputReader()
          .lines()
          .map(line -> line.strip().split("\\s+"))
          .filter(row -> row.length >= 4 && UNIQUE.matcher(row[3]).matches())
          .forEach(row -> found.put(row[3], Integer.valueOf(row[1])));
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void environmentsFromOneSnapshotRepeatNoId() throws Exception {
    String yaml = Files.readString(TEMPLATE);
    String command =
        yaml.substring(yaml.indexOf("  CommandFunction:\n"), yaml.indexOf("  CommandPolicy:\n"));
    Path twice =
        Files.writeString(
            folder.resolve("template.yaml"),
            yaml.replace(command, command + command.replace("CommandFunction:", "Second:"))
                .replace(": functions/", ": " + TEMPLATE.resolveSibling("functions") + "/"));
    List<String> log = new CopyOnWriteArrayList<>();
    try (ContendedDynamoDb dynamoDb = new ContendedDynamoDb();
        Lambda lambda = restored(twice, dynamoDb, log)) {
      for (int i = 0; i < 5; i++) {
        for (String function : List.of("CommandFunction", "Second")) {
          String another = PLACE.replace("same", "key-" + i);
          InvocationResult result = lambda.function(function).invoke(another, "Root=1-2-3");
          assertThat(result.payload()).contains("\"statusCode\":201");
        }
      }
      assertSameState(log);
      assertThat(dynamoDb.appends()).isEqualTo(2 * 5 * 3);
      assertThat(dynamoDb.callIds()).doesNotContainNull().doesNotHaveDuplicates();
    }
  }

  @Test
  void idThatIsMadeAtInitializationIsRepeated() throws Exception {
    List<String> log = new CopyOnWriteArrayList<>();
    try (ContendedDynamoDb dynamoDb = new ContendedDynamoDb();
        Lambda lambda = restored(probes(SnapProbe.class), dynamoDb, log)) {
      String[] first = lambda.function("First").invoke("{}", "Root=1-2-3").payload().split(" ", 4);
      String[] second =
          lambda.function("Second").invoke("{}", "Root=1-2-3").payload().split(" ", 4);

      assertSameState(log);
      assertThat(second[0]).as("an id made at initialization").isEqualTo(first[0]);
      assertThat(second[1]).as("from a generator seeded at initialization").isEqualTo(first[1]);
      assertThat(second[2]).as("from a generator made when needed").isNotEqualTo(first[2]);
    }
  }

  private Lambda restored(Path template, ContendedDynamoDb dynamoDb, List<String> log)
      throws IOException {
    RuntimeProgram client = RuntimeProgram.portableClient();
    List<String> command = new ArrayList<>(client.command());
    command.set(command.size() - 1, ReplayedRandomness.class.getName());
    RuntimeProgram program =
        new RuntimeProgram(client.classPath(), client.fallback(), command)
            .with(Probes.home(ReplayedRandomness.class))
            .options(List.of("-Djava.util.secureRandomSeed=true"));
    LongConsumer restoreAtOnce = pid -> {};
    List<FunctionSpec> specs = Template.read(template).functions();
    return new Lambda(
        specs,
        new Endpoints(dynamoDb.endpoint(), dynamoDb.endpoint()),
        new Permissions(specs.stream().map(FunctionSpec::principal).toList()),
        Optional.of(program),
        1,
        restoreAtOnce,
        () -> Faults.NONE,
        log::add);
  }

  private static void assertSameState(List<String> log) {
    List<String> states =
        log.stream()
            .map(line -> line.replaceFirst("^\\[.*?] ", ""))
            .filter(l -> l.startsWith("state "))
            .toList();
    assertThat(states).hasSize(2);
    assertThat(states.get(1)).isEqualTo(states.get(0));
  }
}
