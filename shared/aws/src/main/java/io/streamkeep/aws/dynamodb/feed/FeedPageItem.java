package io.streamkeep.aws.dynamodb.feed;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A page of the feed as an item of its table. Stored format: {@code partition} (N, partition key),
 * {@code page} (N, sort key), {@code time} (S, ISO 8601), {@code runs} (L of M: {@code stream} S,
 * {@code after} N, {@code last} N).
 */
final class FeedPageItem {

  static final String PARTITION = "partition";
  static final String PAGE = "page";
  private static final String TIME = "time";
  private static final String RUNS = "runs";
  private static final String STREAM = "stream";
  private static final String AFTER = "after";
  private static final String LAST = "last";

  private FeedPageItem() {}

  static Map<String, AttributeValue> write(int partition, FeedPage page) {
    return Map.of(
        PARTITION,
        number(partition),
        PAGE,
        number(page.number()),
        TIME,
        fromS(page.time().toString()),
        RUNS,
        fromL(page.runs().stream().map(FeedPageItem::write).toList()));
  }

  private static AttributeValue write(CommitRange run) {
    return fromM(
        Map.of(
            STREAM,
            fromS(run.stream().toString()),
            AFTER,
            number(run.after()),
            LAST,
            number(run.last())));
  }

  /** Reads an item; throws {@link UnreadableException} if it is not one that was written so. */
  static FeedPage read(Map<String, AttributeValue> item) {
    try {
      return new FeedPage(
          number(item),
          Instant.parse(text(item, TIME)),
          value(item, RUNS).l().stream().map(run -> run(run.m())).toList());
    } catch (DateTimeException | IllegalArgumentException e) {
      throw new UnreadableException("A page of the feed is broken");
    }
  }

  private static CommitRange run(Map<String, AttributeValue> run) {
    return new CommitRange(
        StreamId.parse(text(run, STREAM)), number(run, AFTER), number(run, LAST));
  }

  static long number(Map<String, AttributeValue> item) {
    return number(item, PAGE);
  }

  private static long number(Map<String, AttributeValue> item, String name) {
    String number = value(item, name).n();
    if (number == null) {
      throw new UnreadableException("A page of the feed without " + name);
    }
    return Long.parseLong(number);
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    String text = value(item, name).s();
    if (text == null) {
      throw new UnreadableException("A page of the feed without " + name);
    }
    return text;
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    @Nullable AttributeValue value = item.get(name);
    if (value == null) {
      throw new UnreadableException("A page of the feed without " + name);
    }
    return value;
  }

  static AttributeValue number(long number) {
    return fromN(Long.toString(number));
  }
}
