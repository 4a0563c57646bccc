package io.streamkeep.bench;

import io.streamkeep.bench.Shelf.Move;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.StreamId;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The least that there is to be done: one conditional PutItem of the events and of what is kept of
 * the command; cold, the event store's Query before it to know where the stream ends. Who is beaten
 * by another does both at once, until it is not.
 */
final class Floor implements Writer {

  private final DynamoDbClient client;
  private final boolean cold;
  private final Map<StreamId, Long> ends = new HashMap<>();

  Floor(DynamoDbClient client, boolean cold) {
    this.client = client;
    this.cold = cold;
  }

  @Override
  public Effort write(StreamId stream, int number, Move move) {
    long end = cold ? newest(stream) : ends.getOrDefault(stream, 0L);
    String events =
        move.all().stream()
            .map(Shelf.decider()::encode)
            .map(RecordedEvent::data)
            .collect(Collectors.joining(",", "[", "]"));
    Map<String, AttributeValue> item = new HashMap<>(kept(Commander.id(stream, number)));
    item.put("stream", fromS(stream.toString()));
    item.put("events", fromS(events));
    int tries = 1;
    while (!put(item, end + 1)) {
      end = newest(stream);
      tries++;
    }
    ends.put(stream, end + 1);
    return new Effort(tries, 0);
  }

  private boolean put(Map<String, AttributeValue> item, long commit) {
    item.put("commit", fromN(Long.toString(commit)));
    try {
      client.putItem(
          put ->
              put.tableName(Tables.EVENTS)
                  .item(item)
                  .conditionExpression("attribute_not_exists(#stream)")
                  .expressionAttributeNames(Map.of("#stream", "stream")));
      return true;
    } catch (ConditionalCheckFailedException e) {
      return false;
    }
  }

  private static Map<String, AttributeValue> kept(CommandId id) {
    return Map.of(
        "time", fromS(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()),
        "command", fromS(id.value()),
        "fingerprint", fromS(Commander.fingerprint(id).value()),
        "actor", fromS(SignedRequest.ACTOR),
        "correlation", fromS(id.value()),
        "causation", fromS(id.value()),
        "traceparent", fromS(SignedRequest.traceparent(id.value())));
  }

  private long newest(StreamId stream) {
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
        .map(item -> item.getOrDefault("commit", fromN("0")).n())
        .map(Long::parseLong)
        .orElse(0L);
  }
}
