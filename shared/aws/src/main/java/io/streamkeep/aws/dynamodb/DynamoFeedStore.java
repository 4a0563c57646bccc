package io.streamkeep.aws.dynamodb;

import static io.streamkeep.aws.dynamodb.DynamoEventStore.throttled;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.feed.Run;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * The feed's pages on a table of their own (see {@link FeedPageItem}), and its cursors among those
 * of the views, as the view {@value Feed#NAME}. An append is one TransactWriteItems: two write
 * units for each stream in it, and two for each KB of the page, some dozen streams.
 */
public final class DynamoFeedStore implements FeedStore {

  private final DynamoDbClient client;
  private final String feed;
  private final String views;

  /**
   * Makes a store.
   *
   * @param feed the table of the pages
   * @param views the table of the cursors
   */
  public DynamoFeedStore(DynamoDbClient client, String feed, String views) {
    this.client = client;
    this.feed = feed;
    this.views = views;
  }

  @Override
  public long newest(int partition) {
    QueryResponse newest =
        throttled(
            () ->
                client.query(
                    query ->
                        query
                            .tableName(feed)
                            .consistentRead(true)
                            .scanIndexForward(false)
                            .limit(1)
                            .keyConditionExpression("#partition = :partition")
                            .projectionExpression("#page")
                            .expressionAttributeNames(
                                Map.of(
                                    "#partition",
                                    FeedPageItem.PARTITION,
                                    "#page",
                                    FeedPageItem.PAGE))
                            .expressionAttributeValues(Map.of(":partition", number(partition)))));
    return newest.items().stream().findFirst().map(FeedPageItem::number).orElse(0L);
  }

  @Override
  public Appended append(int partition, FeedPage page) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(put(partition, page));
    page.runs().forEach(run -> items.add(advance(run)));
    try {
      throttled(() -> client.transactWriteItems(transact -> transact.transactItems(items)));
      return new Appended.Done();
    } catch (TransactionCanceledException e) {
      return cancelled(page, e);
    } catch (TransactionInProgressException e) {
      return new Appended.Collided();
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

  private TransactWriteItem advance(Run run) {
    Map<String, AttributeValue> cursor = new HashMap<>(RowItem.key(Feed.NAME, run.stream()));
    cursor.put(RowItem.COMMIT, number(run.last()));
    return TransactWriteItem.builder()
        .put(
            put -> {
              put.tableName(views)
                  .item(cursor)
                  .expressionAttributeNames(Map.of("#commit", RowItem.COMMIT))
                  .returnValuesOnConditionCheckFailure(ALL_OLD);
              if (run.after() == 0) {
                put.conditionExpression("attribute_not_exists(#commit)");
              } else {
                put.conditionExpression("#commit = :after")
                    .expressionAttributeValues(Map.of(":after", number(run.after())));
              }
            })
        .build();
  }

  /**
   * Tells the reasons apart; they are in the order of the items.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
   */
  private static Appended cancelled(FeedPage page, TransactionCanceledException e) {
    boolean taken = false;
    boolean collided = false;
    Map<StreamId, Long> cursors = new HashMap<>();
    List<CancellationReason> reasons = e.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      CancellationReason reason = reasons.get(i);
      switch (reason.code()) {
        case "None" -> {}
        case "ConditionalCheckFailed" -> {
          if (i == 0) {
            taken = true;
          } else {
            cursors.put(page.runs().get(i - 1).stream(), cursor(reason));
          }
        }
        case "TransactionConflict", "ProvisionedThroughputExceeded", "ThrottlingError" ->
            collided = true;
        default -> throw e; // ValidationError: wrong, not late
      }
    }
    if (taken || !cursors.isEmpty()) {
      return new Appended.Moved(taken, cursors);
    }
    if (!collided) {
      throw e;
    }
    return new Appended.Collided();
  }

  private static long cursor(CancellationReason reason) {
    return reason.hasItem() && reason.item().containsKey(RowItem.COMMIT)
        ? RowItem.number(reason.item(), RowItem.COMMIT)
        : 0;
  }

  @Override
  public List<FeedPage> read(int partition, long from, int limit) {
    QueryResponse pages =
        throttled(
            () ->
                client.query(
                    query ->
                        query
                            .tableName(feed)
                            .consistentRead(true)
                            .limit(limit)
                            .keyConditionExpression("#partition = :partition AND #page >= :from")
                            .expressionAttributeNames(
                                Map.of(
                                    "#partition",
                                    FeedPageItem.PARTITION,
                                    "#page",
                                    FeedPageItem.PAGE))
                            .expressionAttributeValues(
                                Map.of(":partition", number(partition), ":from", number(from)))));
    return pages.items().stream().map(FeedPageItem::read).toList();
  }

  private static AttributeValue number(long number) {
    return fromN(Long.toString(number));
  }
}
