package io.streamkeep.aws.dynamodb.feed;

import static io.streamkeep.aws.dynamodb.feed.FeedPageItem.number;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.dynamodb.TransactionCancellation;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * The feed's pages (see {@link FeedPageItem}) and cursors on one table, so that a restore keeps
 * them together. An append is one TransactWriteItems: two write units for each stream in it, and
 * two for each KB of the page, about a dozen streams. Where the feed is parked is recorded in the
 * views table, as for every subscriber, under the name {@value Feed#NAME}.
 */
public final class DynamoFeedStore implements FeedStore {

  private final FeedTable generation;
  private final DynamoTable feed;
  private final DynamoTable views;
  private final DynamoViewStore parking;

  /**
   * Uses existing tables.
   *
   * @param views name of the views table
   */
  public DynamoFeedStore(DynamoDbClient client, FeedTable generation, String views) {
    this.generation = generation;
    this.feed = new DynamoTable(client, generation.name());
    this.views = new DynamoTable(client, views);
    this.parking = new DynamoViewStore(client, views);
  }

  @Override
  public long newestPage(int partition) {
    return pages(partition, 0, query -> query.scanIndexForward(false).limit(1)).stream()
        .findFirst()
        .map(FeedPageItem::number)
        .orElse(0L);
  }

  @Override
  public List<FeedPage> read(int partition, long from, int limit) {
    return pages(partition, from, query -> query.limit(limit)).stream()
        .map(FeedPageItem::read)
        .toList();
  }

  private List<Map<String, AttributeValue>> pages(
      int partition, long from, Consumer<QueryRequest.Builder> part) {
    return feed.page(
            query ->
                query
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :pages AND #number >= :from")
                    .expressionAttributeValues(
                        Map.of(":pages", generation.pages(partition), ":from", number(from)))
                    .applyMutation(part))
        .items();
  }

  @Override
  public AppendResult append(int partition, FeedPage page) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(
        feed.putInTransaction(
            FeedPageItem.write(generation.pages(partition), page),
            PutCondition.isAbsent(FeedTable.NUMBER)));
    for (CommitRange range : page.ranges()) {
      Map<String, AttributeValue> cursor = new HashMap<>(generation.cursor(range.stream()));
      cursor.put(CursorItem.COMMIT, number(range.last()));
      items.add(feed.putInTransaction(cursor, CursorItem.isAt(range.after())));
    }
    try {
      feed.transact(items);
      return new AppendResult.Appended();
    } catch (TransactionCanceledException e) {
      return cancelled(page, e);
    } catch (TransactionInProgressException e) {
      return new AppendResult.TransactionConflict();
    }
  }

  /** The first item is the page; the cursors of its ranges follow. */
  private static AppendResult cancelled(FeedPage page, TransactionCanceledException e) {
    boolean taken = false;
    Map<StreamId, StoredCursor> cursors = new HashMap<>();
    for (int failed : TransactionCancellation.of(e).failed()) {
      if (failed == 0) {
        taken = true;
      } else {
        cursors.put(
            page.ranges().get(failed - 1).stream(),
            CursorItem.stored(e.cancellationReasons().get(failed).item()));
      }
    }
    return taken || !cursors.isEmpty()
        ? new AppendResult.Conflict(taken, cursors)
        : new AppendResult.TransactionConflict();
  }

  @Override
  public void park(ParkedPosition position, String reason, Instant at) {
    parking.park(position, reason, at);
  }

  @Override
  public boolean isParked(StreamId stream) {
    return parking.find(Feed.NAME, stream).parked();
  }

  @Override
  public void unpark(StreamId stream) {
    views.delete(CursorItem.key(Feed.NAME, stream));
  }
}
