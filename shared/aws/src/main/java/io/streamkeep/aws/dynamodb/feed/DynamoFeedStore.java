package io.streamkeep.aws.dynamodb.feed;

import static io.streamkeep.aws.dynamodb.feed.FeedPageItem.number;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.Throttling;
import io.streamkeep.aws.dynamodb.TransactionCancellation;
import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.store.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * The feed's pages on a table of their own (see {@link FeedPageItem}), and its cursors in the views
 * table under the name {@value Feed#NAME}. An append is one TransactWriteItems: two write units for
 * each stream in it, and two for each KB of the page, about a dozen streams.
 */
public final class DynamoFeedStore implements FeedStore {

  private final DynamoDbClient client;
  private final String feed;
  private final String views;

  /**
   * Uses existing tables.
   *
   * @param feed name of the table of pages
   * @param views name of the table of cursors
   */
  public DynamoFeedStore(DynamoDbClient client, String feed, String views) {
    this.client = client;
    this.feed = feed;
    this.views = views;
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
    QueryRequest.Builder query =
        QueryRequest.builder()
            .tableName(feed)
            .consistentRead(true)
            .keyConditionExpression("#partition = :partition AND #page >= :from")
            .expressionAttributeNames(
                Map.of("#partition", FeedPageItem.PARTITION, "#page", FeedPageItem.PAGE))
            .expressionAttributeValues(
                Map.of(":partition", number(partition), ":from", number(from)));
    part.accept(query);
    return Throttling.translate(() -> client.query(query.build())).items();
  }

  @Override
  public AppendResult append(int partition, FeedPage page) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(put(partition, page));
    page.ranges().forEach(range -> items.add(advance(range)));
    try {
      Throttling.translate(
          () -> client.transactWriteItems(transact -> transact.transactItems(items)));
      return new AppendResult.Appended();
    } catch (TransactionCanceledException e) {
      return cancelled(page, e);
    } catch (TransactionInProgressException e) {
      return new AppendResult.TransactionConflict();
    }
  }

  private TransactWriteItem put(int partition, FeedPage page) {
    return TransactWriteItem.builder()
        .put(
            put ->
                put.tableName(feed)
                    .item(FeedPageItem.write(partition, page))
                    .conditionExpression("attribute_not_exists(#page)")
                    .expressionAttributeNames(Map.of("#page", FeedPageItem.PAGE)))
        .build();
  }

  private TransactWriteItem advance(CommitRange range) {
    Map<String, AttributeValue> cursor = CursorItem.at(Feed.NAME, range.stream(), range.last());
    return TransactWriteItem.builder()
        .put(
            put ->
                CursorItem.isAt(range.after())
                    .on(put.tableName(views).item(cursor))
                    .returnValuesOnConditionCheckFailure(ALL_OLD))
        .build();
  }

  /** The first item is the page; the cursors of its ranges follow. */
  private static AppendResult cancelled(FeedPage page, TransactionCanceledException e) {
    boolean taken = false;
    Map<StreamId, Long> cursors = new HashMap<>();
    for (int failed : TransactionCancellation.of(e).failed()) {
      if (failed == 0) {
        taken = true;
      } else {
        cursors.put(
            page.ranges().get(failed - 1).stream(), cursor(e.cancellationReasons().get(failed)));
      }
    }
    return taken || !cursors.isEmpty()
        ? new AppendResult.Conflict(taken, cursors)
        : new AppendResult.TransactionConflict();
  }

  private static long cursor(CancellationReason reason) {
    return reason.hasItem() && reason.item().containsKey(CursorItem.COMMIT)
        ? CursorItem.reader(reason.item()).number(CursorItem.COMMIT)
        : 0;
  }
}
