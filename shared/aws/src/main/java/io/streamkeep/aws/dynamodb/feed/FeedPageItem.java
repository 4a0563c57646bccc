package io.streamkeep.aws.dynamodb.feed;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.ItemReader;
import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A page of the feed as an item of its table. Stored format: the keys of {@link FeedTable}, {@code
 * time} (S, ISO 8601), {@code ranges} (L of M: {@code stream} S, {@code after} N, {@code last} N).
 */
final class FeedPageItem {

  private static final String TIME = "time";
  private static final String RANGES = "ranges";
  private static final String STREAM = "stream";
  private static final String AFTER = "after";
  private static final String LAST = "last";

  private FeedPageItem() {}

  /**
   * Writes a page.
   *
   * @param pages the partition key
   */
  static Map<String, AttributeValue> write(AttributeValue pages, FeedPage page) {
    return Map.of(
        FeedTable.STREAM,
        pages,
        FeedTable.NUMBER,
        number(page.number()),
        TIME,
        fromS(page.time().toString()),
        RANGES,
        fromL(page.ranges().stream().map(FeedPageItem::write).toList()));
  }

  private static AttributeValue write(CommitRange range) {
    return fromM(
        Map.of(
            STREAM,
            fromS(range.stream().toString()),
            AFTER,
            number(range.after()),
            LAST,
            number(range.last())));
  }

  /** Reads an item; throws {@link UnreadableException} if it is not a valid page. */
  static FeedPage read(Map<String, AttributeValue> attributes) {
    ItemReader item = reader(attributes);
    try {
      return new FeedPage(
          item.number(FeedTable.NUMBER),
          Instant.parse(item.text(TIME)),
          item.list(RANGES).stream().map(FeedPageItem::range).toList());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableException("A feed page is broken");
    }
  }

  private static CommitRange range(ItemReader range) {
    return new CommitRange(
        StreamId.parse(range.text(STREAM)), range.number(AFTER), range.number(LAST));
  }

  static long number(Map<String, AttributeValue> item) {
    return reader(item).number(FeedTable.NUMBER);
  }

  private static ItemReader reader(Map<String, AttributeValue> item) {
    return new ItemReader("feed page", item);
  }

  static AttributeValue number(long number) {
    return fromN(Long.toString(number));
  }
}
