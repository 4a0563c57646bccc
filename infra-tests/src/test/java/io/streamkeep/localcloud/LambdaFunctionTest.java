package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Execution environments are processes, reused, limited in number, and replaced when they end. */
@Tag("slow")
class LambdaFunctionTest {
  private static final ConcurrentLinkedQueue<String> LOG = new ConcurrentLinkedQueue<>();
  private static LocalCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Probes probes = new Probes(folder);
    cloud =
        LocalCloud.of(
                probes.template(
                    probes.function("Fn"),
                    probes.function("Quick", "Timeout: 1"),
                    probes.function("Broken", BrokenProbe.class),
                    probes.function("Pojo", PojoProbe.class)))
            .environments(2)
            .log(LOG::add)
            .start();
  }

  @AfterAll
  static void stop() {
    List<Long> left = cloud.function("Fn").environments();
    cloud.close();
    assertThat(left).isNotEmpty().noneMatch(pid -> ProcessHandle.of(pid).isPresent());
  }

  private static InvocationResult invoke(String function, String event) {
    try {
      return cloud.function(function).invoke(event, "Root=1-2-3");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void environmentHasOnlyVariablesOfTheTemplateAndOfLambda() {
    Map<String, String> variables = Probes.parse(invoke("Fn", "do:env").payload());

    assertThat(variables.keySet())
        .isEqualTo(
            Set.of(
                "PROBE",
                "TABLE",
                "_HANDLER",
                "TZ",
                "LANG",
                "PATH",
                "LAMBDA_TASK_ROOT",
                "LAMBDA_RUNTIME_DIR",
                "AWS_REGION",
                "AWS_DEFAULT_REGION",
                "AWS_EXECUTION_ENV",
                "AWS_ACCESS_KEY_ID",
                "AWS_SECRET_ACCESS_KEY",
                "AWS_SESSION_TOKEN",
                "AWS_LAMBDA_RUNTIME_API",
                "AWS_LAMBDA_FUNCTION_NAME",
                "AWS_LAMBDA_FUNCTION_VERSION",
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
                "AWS_LAMBDA_INITIALIZATION_TYPE",
                "AWS_LAMBDA_LOG_FORMAT",
                "AWS_LAMBDA_LOG_GROUP_NAME",
                "AWS_LAMBDA_LOG_STREAM_NAME",
                "AWS_ENDPOINT_URL_DYNAMODB",
                "AWS_ENDPOINT_URL_DYNAMODB_STREAMS",
                "AWS_ENDPOINT_URL_SQS"));
    assertThat(variables)
        .containsEntry("AWS_LAMBDA_FUNCTION_NAME", "streamkeep-Fn")
        .containsEntry("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "128")
        .containsEntry("AWS_ENDPOINT_URL_DYNAMODB", cloud.dynamoDbEndpoint().toString())
        .containsEntry("AWS_ENDPOINT_URL_DYNAMODB_STREAMS", cloud.dynamoDbEndpoint().toString())
        .containsEntry("AWS_ENDPOINT_URL_SQS", cloud.sqsEndpoint().toString());
  }

  @Test
  void handlerGetsItsInvocationsContext() {
    InvocationResult result = invoke("Fn", "do:context");
    String[] context = result.payload().split(" ", 3);
    assertThat(context[0]).isEqualTo(result.requestId());
    assertThat(context[1])
        .isEqualTo("arn:aws:lambda:us-east-1:000000000000:function:streamkeep-Fn");
    assertThat(Integer.parseInt(context[2])).isBetween(1, 20_000);
  }

  @Test
  void environmentIsReused_andItsLogIsShown() {
    String first = invoke("Fn", "do:pid").payload();
    assertThat(invoke("Fn", "do:pid").payload()).isEqualTo(first);
    assertThat(cloud.function("Fn").environments()).contains(Long.valueOf(first));
    await().untilAsserted(() -> assertThat(LOG).contains("[Fn] got 6 characters, ü"));
  }

  @Test
  void crashedEnvironmentIsReplaced() {
    String before = invoke("Fn", "do:pid").payload();
    InvocationResult crash = invoke("Fn", "do:exit");
    assertThat(crash.failed()).isTrue();
    assertThat(crash.payload()).contains("Runtime.ExitError", "exit status 3", crash.requestId());
    assertLogged("Fn", crash.requestId() + " Runtime exited with error: exit status 3");
    assertThat(invoke("Fn", "do:pid").payload()).isNotEqualTo(before);
  }

  @Test
  void environmentIsKilled_atTheTimeout() {
    InvocationResult late = invoke("Quick", "do:sleep 60000");
    assertThat(late.failed()).isTrue();
    assertThat(late.payload()).contains("Sandbox.Timedout", "Task timed out after 1.00 seconds");
    assertLogged("Quick", late.requestId() + " Task timed out after 1.00 seconds");
    assertThat(cloud.function("Quick").environments()).isEmpty();
    assertThat(invoke("Quick", "do:reply {}").payload()).isEqualTo("{}");
  }

  /** A line that the process could not log itself. */
  private static void assertLogged(String function, String line) {
    assertThat(LOG).anyMatch(each -> each.startsWith("[" + function + "] ") && each.endsWith(line));
  }

  @Test
  void exceptionIsReported_andTheEnvironmentContinues() {
    String pid = invoke("Fn", "do:pid").payload();
    InvocationResult error = invoke("Fn", "do:throw no \"luck\"");
    assertThat(error.failed()).isTrue();
    assertThat(error.payload())
        .contains("\"errorMessage\":\"no \\\"luck\\\"\"")
        .contains("\"errorType\":\"java.lang.IllegalStateException\"")
        .contains("\"stackTrace\":[\"io.streamkeep.localcloud.Probe.act(");
    assertThat(invoke("Fn", "do:pid").payload()).isEqualTo(pid);
  }

  @Test
  void failedInitializationIsReported() {
    InvocationResult error = invoke("Broken", "{}");
    assertThat(error.failed()).isTrue();
    assertThat(error.payload()).contains("java.lang.IllegalStateException", "no \\\"luck\\\"");
    assertThat(cloud.function("Broken").environments()).isEmpty();
  }

  @Test
  void handlerOfObjectsIsInvoked() {
    assertThat(invoke("Pojo", "\"text\"").payload()).isEqualTo("\"text\"");
  }

  @Test
  void responseThatIsTooLargeIsRefused() {
    int most = LambdaFunction.MAX_PAYLOAD;
    assertThat(invoke("Fn", "do:large " + most).payload()).hasSize(most);
    assertThat(invoke("Fn", "do:large " + (most + 1)).payload())
        .contains("Function.ResponseSizeTooLarge");
  }

  @Test
  void invocationsBeyondTheLimitWait() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<InvocationResult>> results =
          IntStream.range(0, 6)
              .mapToObj(i -> callers.submit(() -> invoke("Fn", "do:sleep 300")))
              .toList();
      for (Future<InvocationResult> result : results) {
        assertThat(result.get().payload()).isEqualTo("slept");
      }
    }
    assertThat(cloud.function("Fn").environments()).hasSize(2);
  }

  @Test
  void invocationFails_whenItsEnvironmentIsKilled() throws Exception {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      int before = LOG.size();
      Future<InvocationResult> result = callers.submit(() -> invoke("Fn", "do:sleep 60000"));
      await().until(() -> LOG.stream().skip(before).anyMatch(line -> line.contains("got 14")));
      cloud.function("Fn").kill();
      assertThat(result.get().payload()).contains("signal: 9");
    }
    assertThat(cloud.function("Fn").environments()).isEmpty();
    assertThat(invoke("Fn", "do:reply {}").payload()).isEqualTo("{}");
  }
}
