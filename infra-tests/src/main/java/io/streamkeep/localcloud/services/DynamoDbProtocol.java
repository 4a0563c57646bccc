package io.streamkeep.localcloud.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;

/**
 * The operations of DynamoDB's data plane, without PartiQL, and of its streams.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html">
 *     Actions and resources</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html">
 *     Actions of transactions</a>
 */
final class DynamoDbProtocol implements Protocol {
  private static final Map<String, String> TRANSACTED =
      Map.of(
          "Put", "PutItem",
          "Update", "UpdateItem",
          "Delete", "DeleteItem",
          "ConditionCheck", "ConditionCheckItem",
          "Get", "GetItem");

  @Override
  public List<Access> accesses(String operation, JsonObject request) {
    String action = operation.replaceFirst("DynamoDB\\.", "");
    return switch (action) {
      case "GetItem", "PutItem", "UpdateItem", "DeleteItem", "DescribeTable" ->
          List.of(access(action, table(request)));
      case "Query", "Scan" -> List.of(access(action, tableOrIndex(request)));
      case "BatchGetItem", "BatchWriteItem" ->
          request.getJsonObject("RequestItems").keySet().stream()
              .map(table -> access(action, table(table)))
              .toList();
      case "TransactGetItems", "TransactWriteItems" ->
          request.getJsonArray("TransactItems").getValuesAs(JsonObject.class).stream()
              .flatMap(item -> item.entrySet().stream())
              .map(
                  item ->
                      access(
                          TRANSACTED.getOrDefault(item.getKey(), item.getKey()),
                          table(item.getValue().asJsonObject())))
              .distinct()
              .toList();
      case "DynamoDBStreams.GetShardIterator" ->
          List.of(access("GetShardIterator", StreamArn.granted(request.getString("StreamArn"))));
      case "DynamoDBStreams.GetRecords" ->
          List.of(access("GetRecords", StreamArn.granted(request.getString("ShardIterator"))));
      default -> List.of();
    };
  }

  private static Access access(String action, String resource) {
    return new Access("dynamodb:" + action, resource);
  }

  private static String table(JsonObject request) {
    return table(request.getString("TableName"));
  }

  /** A table may be named by its ARN. */
  private static String table(String name) {
    return name.startsWith("arn:") ? name : PhysicalNames.arn("dynamodb", "table/" + name);
  }

  private static String tableOrIndex(JsonObject request) {
    String index = request.getString("IndexName", "");
    return index.isEmpty() ? table(request) : table(request) + "/index/" + index;
  }

  /** DynamoDB Local has ARNs of another region for streams. */
  @Override
  public byte[] translated(String operation, byte[] request) {
    return operation.startsWith("DynamoDBStreams.")
        ? StreamArn.local(new String(request, UTF_8)).getBytes(UTF_8)
        : request;
  }

  @Override
  public int refusalStatus() {
    return 400;
  }

  @Override
  public Map<String, String> refusalHeaders() {
    return Map.of();
  }
}
