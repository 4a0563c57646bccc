package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.iam.Permissions.Used;
import io.streamkeep.localcloud.iam.RoleException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** A function, and Lambda on its behalf, can do what its role allows and nothing else. */
@Tag("slow")
class RoleEnforcementTest {
  private static final String TABLE =
      "arn:aws:dynamodb:us-east-1:000000000000:table/streamkeep-Table";
  private static final String QUEUE = "arn:aws:sqs:us-east-1:000000000000:streamkeep-Queue";
  private static final String PUT =
      "do:call DYNAMODB DynamoDB_20120810.PutItem"
          + " {\"TableName\":\"streamkeep-Table\",\"Item\":{\"id\":{\"S\":\"a\"}}}";
  private static final String EVENTS =
      """
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            StartingPosition: TRIM_HORIZON
            DestinationConfig: {OnFailure: {Destination: !GetAtt Lost.Arn}}
        Messages:
          Type: SQS
          Properties: {Queue: !GetAtt Queue.Arn}
      """;

  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private Probes probes;

  @BeforeEach
  void folder(@TempDir Path folder) throws IOException {
    probes = new Probes(folder);
  }

  private LocalCloud start(String function) throws IOException {
    return LocalCloud.of(
            probes.template(Probes.table(), Probes.queue("Queue"), Probes.queue("Lost"), function))
        .log(log::add)
        .start();
  }

  private LocalCloud start(Map<String, String> grants) throws IOException {
    return start(Probes.restricted(probes.function("Fn"), grants));
  }

  private static String invoke(LocalCloud cloud, String event) throws InterruptedException {
    return cloud.function("Fn").invoke(event, "").payload();
  }

  private static int items(LocalCloud cloud) {
    return cloud.dynamoDb().scan(s -> s.tableName(cloud.tableName("Table"))).count();
  }

  private static String send(String body) {
    return "do:call SQS AmazonSQS.SendMessage"
        + " {\"QueueUrl\":\"http://localhost/000000000000/streamkeep-Queue\",\"MessageBody\":\""
        + body
        + "\"}";
  }

  private static List<String> received(LocalCloud cloud) {
    return cloud
        .sqs()
        .receiveMessage(r -> r.queueUrl(cloud.queueUrl("Queue")).maxNumberOfMessages(10))
        .messages()
        .stream()
        .map(Message::body)
        .toList();
  }

  @Test
  void callThatIsNotAllowedIsRefused_beforeItsEffect() throws Exception {
    try (LocalCloud cloud = start(Map.of("dynamodb:GetItem", "!GetAtt Table.Arn"))) {
      assertThat(invoke(cloud, PUT))
          .isEqualTo(
              "400 null {\"__type\":\"com.amazon.coral.service#AccessDeniedException\",\"Message\":"
                  + "\"User: arn:aws:sts::000000000000:assumed-role/streamkeep-FnRole/streamkeep-Fn"
                  + " is not authorized to perform: dynamodb:PutItem on resource: "
                  + TABLE
                  + " because no identity-based policy allows the dynamodb:PutItem action\"}");
      assertThat(items(cloud)).isZero();
      assertThat(cloud.permissions().refused())
          .contains(new Used("Fn", new Access("dynamodb:PutItem", TABLE)));
      assertThat(cloud.permissions().unused())
          .containsExactly(new Used("Fn", new Access("dynamodb:GetItem", TABLE)));
    }
  }

  @Test
  void sdksRecognizeRefusals() throws Exception {
    StaticCredentialsProvider function =
        StaticCredentialsProvider.create(
            AwsBasicCredentials.create(Permissions.accessKey("Fn"), "any"));
    try (LocalCloud cloud = start(Map.of());
        DynamoDbClient tables =
            DynamoDbClient.builder()
                .endpointOverride(cloud.dynamoDbEndpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(function)
                .build();
        SqsClient queues =
            SqsClient.builder()
                .endpointOverride(cloud.sqsEndpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(function)
                .build()) {
      assertThatExceptionOfType(DynamoDbException.class)
          .isThrownBy(() -> tables.scan(s -> s.tableName(cloud.tableName("Table"))))
          .withMessageContaining("not authorized to perform: dynamodb:Scan on resource: " + TABLE)
          .extracting(e -> e.awsErrorDetails().errorCode())
          .isEqualTo("AccessDeniedException");
      assertThatExceptionOfType(SqsException.class)
          .isThrownBy(() -> queues.receiveMessage(r -> r.queueUrl(cloud.queueUrl("Queue"))))
          .withMessageContaining("to perform: sqs:receivemessage on resource: " + QUEUE)
          .extracting(e -> e.awsErrorDetails().errorCode())
          .isEqualTo("AccessDenied");
    }
  }

  @Test
  void transactionNeedsAllOfItsActions() throws Exception {
    try (LocalCloud cloud = start(Map.of("dynamodb:PutItem", "!GetAtt Table.Arn"))) {
      String key = "{\"TableName\":\"streamkeep-Table\",\"%s\":{\"id\":{\"S\":\"%s\"}}%s}";
      String answer =
          invoke(
              cloud,
              "do:call DYNAMODB DynamoDB_20120810.TransactWriteItems {\"TransactItems\":[{\"Put\":"
                  + key.formatted("Item", "a", "")
                  + "},{\"ConditionCheck\":"
                  + key.formatted(
                      "Key", "b", ",\"ConditionExpression\":\"attribute_not_exists(id)\"")
                  + "}]}");
      assertThat(answer).contains("perform: dynamodb:ConditionCheckItem on resource: " + TABLE);
      assertThat(items(cloud)).isZero();
      assertThat(cloud.permissions().unused()).hasSize(1);

      assertThat(invoke(cloud, PUT)).startsWith("200");
      assertThat(items(cloud)).isEqualTo(1);
      assertThat(cloud.permissions().unused()).isEmpty();
    }
  }

  @Test
  void unknownOperationIsRefused_whateverTheRoleAllows() throws Exception {
    try (LocalCloud cloud = start(probes.function("Fn"))) {
      assertThat(
              invoke(
                  cloud,
                  "do:call DYNAMODB DynamoDB_20120810.DeleteTable"
                      + " {\"TableName\":\"streamkeep-Table\"}"))
          .startsWith("400 null")
          .contains("perform: DynamoDB.DeleteTable");
      assertThat(invoke(cloud, "do:call DYNAMODB DynamoDB_20120810.PutItem no JSON"))
          .startsWith("400 null");
      assertThat(items(cloud)).isZero();
    }
  }

  @Test
  void messageIsSentOnlyIfAllowed() throws Exception {
    try (LocalCloud cloud = start(Map.of("sqs:ReceiveMessage", "!GetAtt Queue.Arn"))) {
      assertThat(invoke(cloud, send("a")))
          .startsWith("403 AccessDenied;Sender {\"__type\":\"com.amazon.coral.service#AccessDenied")
          .contains(
              "perform: sqs:sendmessage on resource: "
                  + QUEUE
                  + " because no identity-based policy allows the sqs:sendmessage action");
      assertThat(received(cloud)).isEmpty();
    }
    try (LocalCloud cloud = start(Map.of("sqs:SendMessage", "!GetAtt Queue.Arn"))) {
      assertThat(invoke(cloud, send("\u00fc \u20ac \ud83d\ude80 \\\" \\\\ \\n  end")))
          .startsWith("200");
      assertThat(received(cloud)).containsExactly("\u00fc \u20ac \ud83d\ude80 \" \\ \n  end");
    }
  }

  @Test
  void streamIsReadOnlyIfAllowed() throws Exception {
    try (LocalCloud cloud = start(Map.of("dynamodb:GetShardIterator", "!GetAtt Table.StreamArn"))) {
      String arn =
          cloud
              .dynamoDb()
              .describeTable(d -> d.tableName(cloud.tableName("Table")))
              .table()
              .latestStreamArn()
              .replace(":ddblocal:", ":us-east-1:");
      String call = "do:call DYNAMODB_STREAMS DynamoDBStreams_20120810.";

      assertThat(
              invoke(
                  cloud,
                  call
                      + "GetShardIterator {\"ShardIteratorType\":\"TRIM_HORIZON\",\"StreamArn\":\""
                      + arn
                      + "\",\"ShardId\":\"shardId-00000000000000000001-00000001\"}"))
          .startsWith("400")
          .contains("Shard does not exist");
      assertThat(cloud.permissions().unused()).isEmpty();
      assertThat(invoke(cloud, call + "GetRecords {\"ShardIterator\":\"" + arn + "|001|x\"}"))
          .startsWith("400")
          .contains(
              "perform: dynamodb:GetRecords on resource: "
                  + TABLE
                  + "/stream/1970-01-01T00:00:00.000 because");
    }
  }

  @Test
  void callersOtherThanFunctionsMayDoEverything() throws Exception {
    try (LocalCloud cloud = start(Map.of());
        HttpClient client = HttpClient.newHttpClient()) {
      String body = "\u00fc \u20ac & = \"";
      String call =
          cloud.queueUrl("Queue")
              + "?Action=SendMessage&MessageBody="
              + URLEncoder.encode(body, StandardCharsets.UTF_8);
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(call)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(received(cloud)).containsExactly(body);
      assertThat(cloud.sqs().getQueueUrl(q -> q.queueName("streamkeep-Queue")).queueUrl())
          .isEqualTo(cloud.queueUrl("Queue"));
    }
  }

  private static Map<String, String> everythingForTheMappings() {
    Map<String, String> grants = new HashMap<>();
    grants.put("dynamodb:DescribeStream", "!GetAtt Table.StreamArn");
    grants.put("dynamodb:GetRecords", "!GetAtt Table.StreamArn");
    grants.put("dynamodb:GetShardIterator", "!GetAtt Table.StreamArn");
    grants.put("dynamodb:ListStreams", "!Sub '${Table.Arn}/stream/*'");
    grants.put("sqs:SendMessage", "!GetAtt Lost.Arn");
    grants.put("sqs:ReceiveMessage", "!GetAtt Queue.Arn");
    grants.put("sqs:DeleteMessage", "!GetAtt Queue.Arn");
    grants.put("sqs:GetQueueAttributes", "!GetAtt Queue.Arn");
    return grants;
  }

  @ParameterizedTest
  @CsvSource({
    "dynamodb:DescribeStream,   Cannot access stream",
    "dynamodb:GetRecords,       Cannot access stream",
    "dynamodb:GetShardIterator, Cannot access stream",
    "dynamodb:ListStreams,      Cannot access stream",
    "sqs:SendMessage,           to call SendMessage on SQS",
    "sqs:ReceiveMessage,        to call ReceiveMessage on SQS",
    "sqs:DeleteMessage,         to call DeleteMessage on SQS",
    "sqs:GetQueueAttributes,    to call GetQueueAttributes on SQS",
  })
  void mappingIsNotCreated_whenTheRoleLacksAPermission(String action, String reason)
      throws IOException {
    Map<String, String> grants = everythingForTheMappings();
    grants.remove(action);
    String function = Probes.restricted(probes.function("Fn", EVENTS), grants);
    assertThatExceptionOfType(RoleException.class)
        .isThrownBy(() -> start(function))
        .withMessageContaining("Fn: ")
        .withMessageContaining(reason);
  }

  @Test
  void permissionsOfMappingsAreUsed() throws Exception {
    probes.function("Fn");
    probes.steps("Fn", "throw once", "");
    Map<String, String> grants = everythingForTheMappings();
    String function =
        Probes.restricted(
            probes.function(
                "Fn",
                EVENTS.replace("TRIM_HORIZON", "TRIM_HORIZON\n      MaximumRetryAttempts: 0")),
            grants);
    try (LocalCloud cloud = start(function)) {
      cloud
          .dynamoDb()
          .putItem(
              p ->
                  p.tableName(cloud.tableName("Table"))
                      .item(Map.of("id", AttributeValue.fromS("a"))));
      await().until(() -> probes.events("Fn").size() == 1);
      cloud.sqs().sendMessage(m -> m.queueUrl(cloud.queueUrl("Queue")).messageBody("a"));

      await().untilAsserted(() -> assertThat(cloud.permissions().unused()).isEmpty());
    }
  }

  @Test
  void logIsLost_whenTheRoleDoesNotAllowIt_andTheFunctionRuns() throws Exception {
    Map<String, String> grants = new HashMap<>();
    grants.put("logs:CreateLogStream", "!GetAtt Log.Arn");
    String function =
        probes.function("Fn", "LoggingConfig: {LogGroup: !Ref Log}")
            + "\nLog:\n  Type: AWS::Logs::LogGroup\n  Properties: {RetentionInDays: 1}\n";
    try (LocalCloud cloud = start(Probes.restricted(function, grants))) {
      assertThat(invoke(cloud, "do:reply yes")).isEqualTo("yes");
      String group = "arn:aws:logs:us-east-1:000000000000:log-group:streamkeep-Log:*";
      assertThat(cloud.permissions().refused())
          .containsExactly(new Used("Fn", new Access("logs:PutLogEvents", group)));
      assertThat(cloud.permissions().unused()).isEmpty();
    }
    assertThat(log).isEmpty();

    grants.put("logs:PutLogEvents", "!GetAtt Log.Arn");
    try (LocalCloud cloud = start(Probes.restricted(function, grants))) {
      invoke(cloud, "do:reply yes");
      await().until(() -> log.contains("[Fn] got 12 characters, \u00fc"));
      assertThat(cloud.permissions().unused()).isEmpty();
    }
  }

  @Test
  void tracingNeedsPermissions() throws Exception {
    String function = probes.function("Fn", "Tracing: Active");
    assertThatExceptionOfType(RoleException.class)
        .isThrownBy(() -> start(Probes.restricted(function, Map.of())))
        .withMessageContaining("Fn: ")
        .withMessageContaining("to call PutTraceSegments on XRAY");
    Map<String, String> grants =
        Map.of("xray:PutTraceSegments", "'*'", "xray:PutTelemetryRecords", "'*'");
    try (LocalCloud cloud = start(Probes.restricted(function, grants))) {
      assertThat(cloud.permissions().unused()).hasSize(2);
      invoke(cloud, "do:reply yes");
      assertThat(cloud.permissions().unused()).isEmpty();
    }
  }
}
