package io.streamkeep.bench;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.aws.json.MetadataFields;
import io.streamkeep.bench.StoreWorkload.Task;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The minimum work of an event store: one conditional PutItem of the events and the command's
 * metadata; when cold, after the event store's Query for the head. Must be the only writer.
 */
final class BaselineWriter implements ToIntFunction<Task> {

  private final DynamoDbClient client;
  private final boolean cold;
  private final Map<StreamId, Long> heads = new HashMap<>();

  BaselineWriter(DynamoDbClient client, boolean cold) {
    this.client = client;
    this.cold = cold;
  }

  @Override
  public int applyAsInt(Task task) {
    StreamId stream = task.stream();
    long commit = 1 + (cold ? loadHead(stream) : heads.getOrDefault(stream, 0L));
    Map<String, AttributeValue> item = new HashMap<>();
    MetadataFields.write(CommandClient.metadata(task.id()))
        .forEach((name, value) -> item.put(name, fromS(value)));
    item.put("stream", fromS(stream.toString()));
    item.put("commit", fromN(Long.toString(commit)));
    item.put("time", fromS(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()));
    item.put("command", fromS(task.id().value()));
    item.put("fingerprint", fromS(CommandClient.fingerprint(task.id()).value()));
    item.put("events", fromS(String.join(",", task.command())));
    client.putItem(
        put ->
            put.tableName(Tables.EVENTS)
                .item(item)
                .conditionExpression("attribute_not_exists(#stream)")
                .expressionAttributeNames(Map.of("#stream", "stream")));
    heads.put(stream, commit);
    return 1;
  }

  private long loadHead(StreamId stream) {
    return client
        .query(
            query ->
                query
                    .tableName(Tables.EVENTS)
                    .consistentRead(true)
                    .scanIndexForward(false)
                    .limit(ReplaySize.COMMITS)
                    .keyConditionExpression("#stream = :stream")
                    .expressionAttributeNames(Map.of("#stream", "stream"))
                    .expressionAttributeValues(Map.of(":stream", fromS(stream.toString()))))
        .items()
        .stream()
        .findFirst()
        .map(CommitItem::number)
        .orElse(0L);
  }
}
