package io.streamkeep.aws.dynamodb.views;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.reconcile.Cursors;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Reads the cursors of a stream: those of the views table in one Query, the feed's in another. The
 * views table also records where the feed is parked.
 */
public final class DynamoCursors implements Cursors {

  private final DynamoTable views;
  private final DynamoTable feed;
  private final FeedTable generation;

  public DynamoCursors(DynamoDbClient client, String views, FeedTable generation) {
    this.views = new DynamoTable(client, views);
    this.feed = new DynamoTable(client, generation.name());
    this.generation = generation;
  }

  @Override
  public Map<String, Cursor> of(StreamId stream) {
    Map<String, Cursor> cursors = new HashMap<>();
    views
        .items(
            query ->
                query
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream")
                    .projectionExpression("#view, #commit, #parked")
                    .expressionAttributeValues(Map.of(":stream", fromS(stream.toString()))))
        .filter(item -> !RowItem.isDetail(item))
        .forEach(
            item ->
                cursors.put(
                    CursorItem.reader(item).text(CursorItem.VIEW),
                    cursor(CursorItem.stored(item))));
    boolean parked = cursors.containsKey(Feed.NAME) && cursors.get(Feed.NAME).parked();
    feedCursor(stream)
        .forEach(
            item ->
                cursors.put(
                    Feed.NAME, new Cursor(cursor(CursorItem.stored(item)).commit(), parked)));
    return cursors;
  }

  /** None or one. */
  private Stream<Map<String, AttributeValue>> feedCursor(StreamId stream) {
    Map<String, AttributeValue> key = generation.cursor(stream);
    return feed.items(
        query ->
            query
                .consistentRead(true)
                .keyConditionExpression("#stream = :stream AND #number = :number")
                .expressionAttributeValues(
                    Map.of(
                        ":stream",
                        Objects.requireNonNull(key.get(FeedTable.STREAM)),
                        ":number",
                        Objects.requireNonNull(key.get(FeedTable.NUMBER)))));
  }

  private static Cursor cursor(StoredCursor stored) {
    try {
      return new Cursor(stored.commit(), stored.parked());
    } catch (UnreadableException e) {
      return new Cursor(0, stored.parked());
    }
  }
}
