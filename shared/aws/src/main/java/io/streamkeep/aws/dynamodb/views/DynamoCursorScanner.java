package io.streamkeep.aws.dynamodb.views;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.CursorItem;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.ItemReader;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.reconcile.CursorScanner;
import io.streamkeep.kernel.store.StreamId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * An eventually consistent Scan of the views table, then of the feed table. It costs half a read
 * unit for 4 KB of stored data, whatever is projected. A position is base64url of lines: the name
 * of the table's kind and, within the table, the last item's keys.
 */
public final class DynamoCursorScanner implements CursorScanner {

  /** Items in a page, each of which may need a read of its stream. */
  private static final int MAX_ITEMS = 100;

  private final DynamoDbClient client;
  private final String views;
  private final FeedTable feed;

  public DynamoCursorScanner(DynamoDbClient client, String views, FeedTable feed) {
    this.client = client;
    this.views = views;
    this.feed = feed;
  }

  /** The two tables, in the order in which they are scanned. */
  private enum Kind {
    VIEWS,
    FEED
  }

  /**
   * A position.
   *
   * @param key the keys of the last item read, or null at the start of the table
   */
  private record At(Kind kind, @Nullable Map<String, AttributeValue> key) {

    static At read(@Nullable String position) {
      if (position == null) {
        return new At(Kind.VIEWS, null);
      }
      String[] lines = new String(Base64.getUrlDecoder().decode(position), UTF_8).split("\n", 3);
      Kind kind = Kind.valueOf(lines[0]);
      if (lines.length < 3) {
        return new At(kind, null);
      }
      AttributeValue second = kind == Kind.VIEWS ? fromS(lines[2]) : fromN(lines[2]);
      return new At(kind, Map.of(CursorItem.STREAM, fromS(lines[1]), sortKey(kind), second));
    }

    String write() {
      String text = kind.name();
      if (key != null) {
        AttributeValue second = Objects.requireNonNull(key.get(sortKey(kind)));
        text +=
            "\n"
                + Objects.requireNonNull(key.get(CursorItem.STREAM)).s()
                + "\n"
                + (kind == Kind.VIEWS ? second.s() : second.n());
      }
      return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }

    static String sortKey(Kind kind) {
      return kind == Kind.VIEWS ? CursorItem.VIEW : FeedTable.NUMBER;
    }
  }

  @Override
  public Page after(@Nullable String position) {
    At at = At.read(position);
    ScanResponse page = scan(at);
    List<ScannedCursor> found = new ArrayList<>();
    for (Map<String, AttributeValue> item : page.items()) {
      cursor(at.kind, item).ifPresent(found::add);
    }
    if (page.hasLastEvaluatedKey()) {
      return new Page(found, new At(at.kind, page.lastEvaluatedKey()).write());
    }
    return new Page(found, at.kind == Kind.VIEWS ? new At(Kind.FEED, null).write() : null);
  }

  private ScanResponse scan(At at) {
    String attributes = "#stream, #commit, #parked, #" + At.sortKey(at.kind);
    ScanRequest scan =
        ScanRequest.builder()
            .tableName(at.kind == Kind.VIEWS ? views : feed.name())
            .limit(MAX_ITEMS)
            .projectionExpression(attributes)
            .expressionAttributeNames(DynamoTable.names(attributes))
            .exclusiveStartKey(at.key)
            .build();
    return DynamoTable.translate(() -> client.scan(scan));
  }

  /** Empty for an item that is not a cursor, such as a total, a detail item or a page. */
  private Optional<ScannedCursor> cursor(Kind kind, Map<String, AttributeValue> item) {
    ItemReader reader = CursorItem.reader(item);
    StreamId stream;
    try {
      stream = StreamId.parse(reader.text(CursorItem.STREAM));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    boolean isCursor =
        kind == Kind.VIEWS
            ? !RowItem.isDetail(item)
            : reader.number(FeedTable.NUMBER) == feed.generation();
    return isCursor
        ? Optional.of(
            new ScannedCursor(
                kind == Kind.VIEWS ? reader.text(CursorItem.VIEW) : Feed.NAME,
                stream,
                CursorItem.stored(item)))
        : Optional.empty();
  }
}
