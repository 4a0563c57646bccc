package io.streamkeep.e2e.support;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.domain.order.Line;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderEventCodec;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Writes to the tables without going through the functions.
 *
 * @param text written wherever a field holds text
 */
public record Tampering(Backend backend, String text) {

  /** Changes an order as a competing writer would. */
  public void append(String id) {
    append(
        id,
        new OrderEventCodec()
            .encode(new OrderEvent.LinesChanged(List.of(new Line(text, text, 1, 1)), 1)));
  }

  public void append(String id, RecordedEvent event) {
    EventStore events = new DynamoEventStore(backend.dynamoDb(), backend.tableName("EventsTable"));
    NewCommit newCommit =
        new NewCommit(
            List.of(event),
            Instant.EPOCH,
            new CommandId(UUID.randomUUID().toString()),
            new Fingerprint("f"),
            Metadata.NONE);
    events.append(events.load(new StreamId("order", id)).head(), newCommit);
  }

  /** Replaces an order's row in the order view, at its first commit, by one that is not JSON. */
  public Map<String, AttributeValue> breakRow(String id) {
    Map<String, AttributeValue> key =
        Map.of("stream", fromS("order#" + id), "view", fromS("order"));
    Map<String, AttributeValue> row = new HashMap<>(key);
    row.put("commit", fromN("1"));
    row.put("data", fromS("{\"customer\":\"" + text));
    backend.dynamoDb().putItem(p -> p.tableName(backend.tableName("ViewsTable")).item(row));
    return key;
  }

  public void deleteRow(Map<String, AttributeValue> key) {
    backend.dynamoDb().deleteItem(d -> d.tableName(backend.tableName("ViewsTable")).key(key));
  }

  /** Sets a subscriber's cursor; the feed's is in a table of its own. */
  public void setCursor(StreamId stream, String subscriber, int commit) {
    FeedTable feed = new FeedTable(backend.tableName("FeedTable"), 1);
    boolean ofFeed = subscriber.equals("feed");
    backend
        .dynamoDb()
        .updateItem(
            u ->
                u.tableName(ofFeed ? feed.name() : backend.tableName("ViewsTable"))
                    .key(
                        ofFeed
                            ? feed.cursor(stream)
                            : Map.of("stream", fromS(stream.toString()), "view", fromS(subscriber)))
                    .updateExpression("SET #commit = :commit")
                    .conditionExpression("attribute_exists(#commit)")
                    .expressionAttributeNames(Map.of("#commit", "commit"))
                    .expressionAttributeValues(Map.of(":commit", fromN(Integer.toString(commit)))));
  }

  /** Stores an order of one commit and returns its id. */
  public String putCommit(String time, String data) {
    String id = "00000000-0000-8000-8000-" + UUID.randomUUID().toString().substring(24);
    Map<String, AttributeValue> item = new HashMap<>();
    item.put("stream", fromS("order#" + id));
    item.put("time", fromS(time));
    item.put("commit", fromN("1"));
    item.put("version", fromN("1"));
    item.put("command", fromS(text));
    item.put("fingerprint", fromS(text));
    item.put(
        "events",
        fromL(
            List.of(
                fromM(
                    Map.of(
                        "type", fromS("order.cancelled"),
                        "schema", fromN("1"),
                        "data", fromS(data))))));
    backend.dynamoDb().putItem(p -> p.tableName(backend.tableName("EventsTable")).item(item));
    return id;
  }

  /** Sets a commit's time to ten minutes ago. */
  public void age(StreamId stream, int number) {
    backend
        .dynamoDb()
        .updateItem(
            u ->
                u.tableName(backend.tableName("EventsTable"))
                    .key(key(stream, number))
                    .updateExpression("SET #time = :time")
                    .conditionExpression("attribute_exists(#time)")
                    .expressionAttributeNames(Map.of("#time", "time"))
                    .expressionAttributeValues(
                        Map.of(":time", fromS(Instant.now().minusSeconds(600).toString()))));
  }

  private static Map<String, AttributeValue> key(StreamId stream, int number) {
    return Map.of("stream", fromS(stream.toString()), "commit", fromN(Integer.toString(number)));
  }

  public void deleteCommit(String id, int number) {
    Map<String, AttributeValue> key = key(new StreamId("order", id), number);
    backend.dynamoDb().deleteItem(d -> d.tableName(backend.tableName("EventsTable")).key(key));
  }
}
