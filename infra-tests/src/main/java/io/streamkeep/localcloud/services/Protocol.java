package io.streamkeep.localcloud.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The services' JSON protocols: the accesses that an operation needs, and the form of a refusal.
 * Supports DynamoDB's data plane without PartiQL, its streams, and SQS's operations on messages;
 * does not support SQS's older query protocol.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html">
 *     Actions and resources of DynamoDB</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">
 *     Actions of transactions</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsqs.html">
 *     Actions and resources of SQS</a>
 */
enum Protocol {
  DYNAMO_DB(400),
  SQS(403);

  private static final Map<String, String> TRANSACTED =
      Map.of(
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem",
          "Get", "GetItem");

  final int refusalStatus;

  Protocol(int refusalStatus) {
    this.refusalStatus = refusalStatus;
  }

  Map<String, String> refusalHeaders() {
    return this == SQS ? errorHeaders("AccessDenied", "Sender") : Map.of();
  }

  /**
   * SQS's error code in the query protocol, by which SDKs recognize an error.
   *
   * @param side Sender or Receiver, whichever is at fault
   */
  static Map<String, String> errorHeaders(String code, String side) {
    return Map.of("x-amzn-query-error", code + ";" + side);
  }

  /**
   * The accesses that a call needs; empty for an unknown operation.
   *
   * @param operation such as DynamoDB.PutItem
   */
  static List<Access> accesses(String operation, JsonObject request) {
    String action = operation.substring(operation.indexOf('.') + 1);
    return switch (operation.substring(0, operation.length() - action.length())) {
      case "DynamoDB." -> dynamoDb(action, request);
      case "DynamoDBStreams." -> streams(action, request);
      case "AmazonSQS." -> sqs(action.replaceFirst("Batch$", ""), request);
      default -> List.of();
    };
  }

  private static List<Access> dynamoDb(String action, JsonObject request) {
    return switch (action) {
      case "GetItem", "PutItem", "UpdateItem", "DeleteItem", "DescribeTable" ->
          List.of(onTable(action, request));
      case "Query", "Scan" -> {
        String index = request.getString("IndexName", "");
        String table = table(request.getString("TableName"));
        yield List.of(dynamoDb(action, index.isEmpty() ? table : table + "/index/" + index));
      }
      case "BatchGetItem", "BatchWriteItem" ->
          request.getJsonObject("RequestItems").keySet().stream()
              .map(table -> dynamoDb(action, table(table)))
              .toList();
      case "TransactGetItems", "TransactWriteItems" ->
          request.getJsonArray("TransactItems").getValuesAs(JsonObject.class).stream()
              .flatMap(item -> item.entrySet().stream())
              .map(
                  item ->
                      onTable(
                          TRANSACTED.getOrDefault(item.getKey(), item.getKey()),
                          item.getValue().asJsonObject()))
              .distinct()
              .toList();
      default -> List.of();
    };
  }

  private static Access dynamoDb(String action, String resource) {
    return new Access("dynamodb:" + action, resource);
  }

  private static Access onTable(String action, JsonObject request) {
    return dynamoDb(action, table(request.getString("TableName")));
  }

  /** A table may be named by its ARN. */
  private static String table(String name) {
    return name.startsWith("arn:") ? name : PhysicalNames.arn("dynamodb", "table/" + name);
  }

  private static List<Access> streams(String action, JsonObject request) {
    return switch (action) {
      case "GetShardIterator" ->
          List.of(dynamoDb(action, StreamArn.granted(request.getString("StreamArn"))));
      case "GetRecords" ->
          List.of(dynamoDb(action, StreamArn.granted(request.getString("ShardIterator"))));
      default -> List.of();
    };
  }

  /** Batches have no actions of their own. */
  private static List<Access> sqs(String action, JsonObject request) {
    return switch (action) {
      case "SendMessage",
          "ReceiveMessage",
          "DeleteMessage",
          "ChangeMessageVisibility",
          "GetQueueAttributes" ->
          List.of(onQueue(action, request.getString("QueueUrl")));
      case "GetQueueUrl" -> List.of(onQueue(action, request.getString("QueueName")));
      // SQS moves messages with the caller's permissions
      case "StartMessageMoveTask" ->
          Stream.concat(
                  Stream.of(action, "ReceiveMessage", "DeleteMessage", "GetQueueAttributes")
                      .map(each -> onQueue(each, request.getString("SourceArn"))),
                  Stream.of(onQueue("SendMessage", request.getString("DestinationArn"))))
              .toList();
      default -> List.of();
    };
  }

  /**
   * An access to a queue. SQS writes actions in lower case in its errors; IAM ignores the case.
   *
   * @param queue a queue's name, URL or ARN
   */
  private static Access onQueue(String action, String queue) {
    return new Access(
        "sqs:" + action.toLowerCase(Locale.ROOT),
        PhysicalNames.arn("sqs", queue.replaceFirst(".*[/:]", "")));
  }

  /** The request in the emulator's form: DynamoDB Local uses different stream ARNs. */
  static byte[] translated(String operation, byte[] request) {
    return operation.startsWith("DynamoDBStreams.")
        ? StreamArn.local(new String(request, UTF_8)).getBytes(UTF_8)
        : request;
  }
}
