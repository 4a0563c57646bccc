package io.streamkeep.localcloud.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamkeep.localcloud.faults.CallFaultException;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.Faults.Phase;
import io.streamkeep.localcloud.faults.ServiceCall;
import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.iam.Principal;
import io.streamkeep.localcloud.iam.Role;
import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.URI;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** The faults of calls, as the SDK's clients understand them. */
@Tag("fast")
class ServiceEndpointTest {
  private static final Map<String, AttributeValue> ITEM = Map.of("id", AttributeValue.fromS("a"));

  private final List<ServiceCall> calls = new ArrayList<>();
  private final List<JsonObject> served = new ArrayList<>();
  private @Nullable CallFaultException fault;
  private @Nullable Loopback server;

  /** The number of calls to which the fault happens. */
  private int times = Integer.MAX_VALUE;

  /** Answers everything with success. */
  private final class Service extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      JsonObject content =
          Json.createReader(new StringReader(Content.Source.asString(request, UTF_8))).readObject();
      served.add(content);
      response.getHeaders().put("Content-Type", "application/x-amz-json-1.0");
      JsonObject answer =
          content.containsKey("Entries") ? sent(content) : Json.createObjectBuilder().build();
      response.write(true, UTF_8.encode(answer.toString()), callback);
      return true;
    }

    private JsonObject sent(JsonObject batch) throws Exception {
      JsonArrayBuilder successful = Json.createArrayBuilder();
      for (JsonObject entry : batch.getJsonArray("Entries").getValuesAs(JsonObject.class)) {
        byte[] body = entry.getString("MessageBody").getBytes(UTF_8);
        byte[] digest = MessageDigest.getInstance("MD5").digest(body);
        successful.add(
            Json.createObjectBuilder()
                .add("Id", entry.getString("Id"))
                .add("MessageId", "m")
                .add("MD5OfMessageBody", "%032x".formatted(new BigInteger(1, digest))));
      }
      return Json.createObjectBuilder().add("Successful", successful).build();
    }
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private URI endpoint(Protocol protocol) throws Exception {
    Role role = new Role("role", List.of(new Role.Statement(List.of("*"), List.of("*"))));
    Permissions permissions = new Permissions(List.of(new Principal("Fn", "arn:fn", role)));
    server =
        Loopback.computing(new ServiceEndpoint(new Service(), protocol, permissions, this::inject));
    return server.url();
  }

  private void inject(ServiceCall call, Phase phase) {
    if (phase == Phase.BEFORE) {
      calls.add(call);
      if (fault != null && calls.size() <= times) {
        throw fault;
      }
    }
  }

  private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C client(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(PhysicalNames.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(Permissions.accessKey("Fn"), "secret")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  private DynamoDbClient dynamoDb() throws Exception {
    return client(DynamoDbClient.builder(), endpoint(Protocol.DYNAMO_DB));
  }

  private SqsClient sqs() throws Exception {
    return client(SqsClient.builder(), endpoint(Protocol.SQS));
  }

  private void fault(FaultKind kind, int choice) {
    fault = new CallFaultException(kind, Duration.ZERO, choice);
  }

  @Test
  void callNamesItsFunctionAndItsResources() throws Exception {
    dynamoDb().putItem(put -> put.tableName("streamkeep-Table").item(ITEM));

    assertThat(calls)
        .containsExactly(new ServiceCall("Fn", "", "DynamoDB.PutItem", Set.of("Table")));
  }

  /** The SDK leaves the retry to its caller. */
  @Test
  void putConflictsWithATransaction() throws Exception {
    fault(FaultKind.CONFLICT, 0);
    DynamoDbClient client = dynamoDb();

    TransactionConflictException conflict =
        catchThrowableOfType(
            TransactionConflictException.class,
            () -> client.putItem(put -> put.tableName("streamkeep-Table").item(ITEM)));

    assertThat(conflict).hasMessageContaining("Transaction is ongoing for the item");
    assertThat(calls).hasSize(1);
    assertThat(served).isEmpty();
  }

  @Test
  void oneItemOfATransactionConflictsWithAnother() throws Exception {
    DynamoDbClient client = dynamoDb();
    for (int busy = 0; busy < 2; busy++) {
      fault(FaultKind.CONFLICT, busy);

      TransactionCanceledException cancelled =
          catchThrowableOfType(TransactionCanceledException.class, () -> transact(client));

      assertThat(cancelled.cancellationReasons())
          .extracting(CancellationReason::code)
          .isEqualTo(
              busy == 0
                  ? List.of("TransactionConflict", "None")
                  : List.of("None", "TransactionConflict"));
    }
    assertThat(calls).hasSize(2);
    assertThat(served).isEmpty();
  }

  /** The SDK leaves the retry to its caller. */
  @Test
  void transactionIsCancelled_whenOneItemIsThrottled() throws Exception {
    fault(FaultKind.THROTTLE, 2);
    DynamoDbClient client = dynamoDb();

    TransactionCanceledException cancelled =
        catchThrowableOfType(TransactionCanceledException.class, () -> transact(client));

    assertThat(cancelled.cancellationReasons())
        .extracting(CancellationReason::code)
        .containsExactly("None", "ThrottlingError");
    assertThat(calls).hasSize(1);
  }

  /** The SDK treats it as throttling, and repeats the request with its token. */
  @Test
  void transactionIsInProgressAlready() throws Exception {
    fault(FaultKind.CONFLICT, 2);
    times = 1;

    transact(dynamoDb());

    assertThat(calls).hasSize(2);
    assertThat(served).hasSize(1);
  }

  private static void transact(DynamoDbClient client) {
    client.transactWriteItems(
        write ->
            write.transactItems(
                Stream.of("streamkeep-Table", "streamkeep-Other")
                    .map(
                        table ->
                            TransactWriteItem.builder()
                                .put(put -> put.tableName(table).item(ITEM))
                                .build())
                    .toList()));
  }

  @Test
  void servicesAreUnavailable() throws Exception {
    fault(FaultKind.UNAVAILABLE, 0);
    DynamoDbClient database = dynamoDb();

    InternalServerErrorException failed =
        catchThrowableOfType(
            InternalServerErrorException.class,
            () -> database.putItem(put -> put.tableName("streamkeep-Table").item(ITEM)));

    assertThat(failed.statusCode()).isEqualTo(500);
    stop();
    SqsClient queues = sqs();
    SqsException unavailable =
        catchThrowableOfType(
            SqsException.class,
            () -> queues.sendMessage(send -> send.queueUrl("http://q/1/q").messageBody("a")));
    assertThat(unavailable.statusCode()).isEqualTo(503);
    assertThat(unavailable.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
    assertThat(served).isEmpty();
  }

  @Test
  void queueThrottles() throws Exception {
    fault(FaultKind.THROTTLE, 0);
    SqsClient queues = sqs();

    SqsException throttled =
        catchThrowableOfType(
            SqsException.class,
            () ->
                queues.sendMessage(
                    send ->
                        send.queueUrl("http://q/1/streamkeep-Out.fifo")
                            .messageGroupId("g")
                            .messageBody("a")));

    assertThat(throttled.isThrottlingException()).isTrue();
    assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("RequestThrottled");
    assertThat(calls.getFirst())
        .isEqualTo(new ServiceCall("Fn", "", "AmazonSQS.SendMessage", Set.of("Out")));
    assertThat(calls).hasSizeGreaterThan(1);
  }

  @Test
  void queueRefusesOneMessageOfABatch() throws Exception {
    fault(FaultKind.PARTIAL, 1);
    SqsClient queues = sqs();

    SendMessageBatchResponse response = send(queues, "a", "b", "c");

    assertThat(response.successful())
        .extracting(SendMessageBatchResultEntry::id)
        .containsExactly("0", "2");
    assertThat(response.failed()).extracting(BatchResultErrorEntry::id).containsExactly("1");
    assertThat(response.failed().getFirst().senderFault()).isFalse();
    assertThat(served).hasSize(1);
    assertThat(served.toString()).contains("\"a\"", "\"c\"").doesNotContain("\"b\"");

    SendMessageBatchResponse alone = send(queues, "d");

    assertThat(alone.successful()).isEmpty();
    assertThat(alone.failed()).extracting(BatchResultErrorEntry::id).containsExactly("0");
    assertThat(served).hasSize(1);
  }

  private static SendMessageBatchResponse send(SqsClient queues, String... bodies) {
    return queues.sendMessageBatch(
        send ->
            send.queueUrl("http://q/1/streamkeep-Out")
                .entries(
                    IntStream.range(0, bodies.length)
                        .mapToObj(
                            i ->
                                SendMessageBatchRequestEntry.builder()
                                    .id("" + i)
                                    .messageBody(bodies[i])
                                    .build())
                        .toList()));
  }
}
