package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.bench.PlaceOrder;
import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.faults.ServiceCall;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged command function under AWS's own runtime client: responses and failures. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
final class AwsClientErrorsTest {

  private static final String TEMPLATE =
      """
      AWSTemplateFormatVersion: "2010-09-09"
      Transform: AWS::Serverless-2016-10-31
      Globals:
        Function: {Runtime: java25, Architectures: [arm64], MemorySize: 512, Timeout: 20}
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
  private static final String PACKAGE = "io.streamkeep.functions.command.";
  private static final String TABLE = "Environment: {Variables: {EVENTS_TABLE: !Ref EventsTable}}";

  private static final CountDownLatch RELEASED = new CountDownLatch(1);
  private static LocalCloud cloud;

  /** Holds the calls of the function Slow until the tests are over. */
  private static final class Stalled implements Faults {
    @Override
    public void call(ServiceCall call, Phase phase) {
      try {
        if (call.function().equals("Slow")) {
          RELEASED.await();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    Path template =
        Files.writeString(
            folder.resolve("template.yaml"),
            TEMPLATE
                + function("Class", "CommandFunction", TABLE)
                + function("Method", "CommandFunction::handleRequest", TABLE)
                + function("NotSet", "CommandFunction", "MemorySize: 256")
                + function("Missing", "NoSuchFunction", TABLE)
                + function("Slow", "CommandFunction", TABLE + "\n      Timeout: 2"));
    cloud =
        LocalCloud.of(template)
            .runtime(RuntimeProgram.awsClient())
            .faults(new Stalled())
            .log(System.out::println)
            .start();
  }

  private static String function(String id, String handler, String property) {
    return """
      %s:
        Type: AWS::Serverless::Function
        Properties:
          CodeUri: "%s"
          Handler: %s
          Role: !GetAtt Role.Arn
          %s
    """
        .formatted(
            id,
            Path.of("..", "functions", "command", "target", "command.jar").toAbsolutePath(),
            PACKAGE + handler,
            property);
  }

  @AfterAll
  static void stop() {
    RELEASED.countDown();
    cloud.close();
  }

  private static InvocationResult invoke(String function, String event)
      throws InterruptedException {
    return cloud.function(function).invoke(event, "Root=1-00000000-0");
  }

  /** An event of API Gateway with an idempotency key of its own. */
  private static String placeOrder() {
    return PlaceOrder.event(UUID.randomUUID().toString());
  }

  private static JsonObject failure(InvocationResult result) {
    assertThat(result.failed()).isTrue();
    try (JsonReader reader = Json.createReader(new StringReader(result.payload()))) {
      return reader.readObject();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Class", "Method"})
  void function_responds_whenHandlerNamesClassOrMethod(String function) throws Exception {
    InvocationResult result = invoke(function, placeOrder());

    assertThat(result.failed()).isFalse();
    assertThat(result.payload()).contains("\"statusCode\":201", "\"ETag\":\"\\\"1\\\"\"");
  }

  @Test
  void exception_isReported_andEnvironmentIsReused() throws Exception {
    JsonObject error = failure(invoke("Class", "{}"));

    // Details are in the log: neither message nor frames leave the function.
    assertThat(error.getString("errorType"))
        .isEqualTo("io.streamkeep.aws.lambda.LambdaHandler$InvocationFailed");
    assertThat(error.getString("errorMessage")).startsWith("The invocation failed; ");
    List<Long> environment = cloud.function("Class").environments();
    assertThat(invoke("Class", placeOrder()).failed()).isFalse();
    assertThat(cloud.function("Class").environments()).hasSize(1).isEqualTo(environment);
  }

  @Test
  void function_failsToStart_whenVariableIsMissing() throws Exception {
    JsonObject error = failure(invoke("NotSet", placeOrder()));

    assertThat(error).containsOnlyKeys("errorMessage", "errorType");
    assertThat(error.getString("errorType")).isEqualTo("java.lang.IllegalStateException");
    assertThat(error.getString("errorMessage"))
        .isEqualTo("The environment variable EVENTS_TABLE is not set");
    assertThat(cloud.function("NotSet").environments()).isEmpty();
  }

  @Test
  void missingHandler_isReported() throws Exception {
    JsonObject error = failure(invoke("Missing", placeOrder()));

    assertThat(error).containsOnlyKeys("errorMessage", "errorType");
    assertThat(error.getString("errorType")).isEqualTo("java.lang.ClassNotFoundException");
    assertThat(error.getString("errorMessage"))
        .isEqualTo("Class not found: " + PACKAGE + "NoSuchFunction");
  }

  @Test
  void environment_isDiscarded_afterTimeout() throws Exception {
    JsonObject error = failure(invoke("Slow", placeOrder()));

    assertThat(error.getString("errorType")).isEqualTo("Sandbox.Timedout");
    assertThat(error.getString("errorMessage")).endsWith("Task timed out after 2.00 seconds");
    assertThat(cloud.function("Slow").environments()).isEmpty();
  }
}
