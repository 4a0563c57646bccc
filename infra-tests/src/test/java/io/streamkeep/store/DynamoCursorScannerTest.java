package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.views.DynamoCursorScanner;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.reconcile.CursorScanner.Page;
import io.streamkeep.kernel.reconcile.CursorScanner.ScannedCursor;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The scan of all cursors of the views table and the feed table. */
@Tag("slow")
final class DynamoCursorScannerTest {

  private static final Instant NOW = Instant.parse("2026-11-25T20:00:00Z");
  private static final StreamId STREAM = new StreamId("order", "1");

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final ViewStore rows = new DynamoViewStore(TABLES.client(), Tables.VIEWS);
  private final DynamoCursorScanner scanner =
      new DynamoCursorScanner(TABLES.client(), Tables.VIEWS, Tables.FIRST_FEED);

  private List<String> scan() {
    List<ScannedCursor> all = new ArrayList<>();
    String position = null;
    do {
      Page page = scanner.after(position);
      all.addAll(page.cursors());
      position = page.next();
    } while (position != null);
    return all.stream()
        .map(each -> each.subscriber() + " " + each.stream() + " " + commit(each.cursor()))
        .toList();
  }

  private static String commit(StoredCursor cursor) {
    try {
      return cursor.commit() + (cursor.parked() ? " parked" : "");
    } catch (UnreadableException e) {
      return "damaged";
    }
  }

  private void put(String view, StreamId stream, Row row, long commit) {
    List<AggregateTotal> total =
        List.of(new AggregateTotal("scanned", "day " + commit, Map.of("rows", 1L)));
    assertThat(rows.put(view, stream, ViewStore.MISSING, row, commit, total)).isPresent();
  }

  private void appendToFeed(int generation, StreamId stream, long last) {
    new DynamoFeedStore(TABLES.client(), new FeedTable(Tables.FEED, generation), Tables.VIEWS)
        .append(0, new FeedPage(last, NOW, List.of(new CommitRange(stream, 0, last))));
  }

  @Test
  void allCursorsAreFoundAndNothingElse() {
    String large = "{\"a\":1,\"lines\":\"" + "x".repeat(2000) + "\"}";
    put("plain", STREAM, new Row("{}", null, Set.of()), 3);
    put("split", STREAM, new Row(large, null, Set.of("lines")), 4);
    rows.park(new ParkedPosition("nothing", STREAM, 1, Metadata.NONE), "why", NOW);
    TABLES
        .client()
        .putItem(
            put ->
                put.tableName(Tables.VIEWS)
                    .item(
                        Map.of(
                            "stream",
                            fromS(STREAM.toString()),
                            "view",
                            fromS("broken"),
                            "commit",
                            fromN("-1"))));
    appendToFeed(1, STREAM, 5);
    appendToFeed(2, STREAM, 6);
    List<String> expected =
        new ArrayList<>(
            List.of(
                "plain order#1 3",
                "split order#1 4",
                "nothing order#1 0 parked",
                "broken order#1 damaged",
                "feed order#1 5"));
    for (int i = 0; i < 250; i++) { // several pages of each table
      StreamId stream = new StreamId("more", "" + i);
      put("plain", stream, new Row("{}", null, Set.of()), 1);
      appendToFeed(1, stream, 10 + i);
      expected.add("plain more#" + i + " 1");
      expected.add("feed more#" + i + " " + (10 + i));
    }

    assertThat(scan()).containsExactlyInAnyOrderElementsOf(expected);
  }
}
