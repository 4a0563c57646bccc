package io.streamkeep.store;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.scan.DynamoChangeMarker;
import io.streamkeep.aws.dynamodb.scan.DynamoCommitScanner;
import io.streamkeep.aws.dynamodb.scan.DynamoScanCheckpointStore;
import io.streamkeep.aws.dynamodb.views.DynamoCursors;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.feed.CommitRange;
import io.streamkeep.kernel.feed.FeedPage;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.feed.FeedStore.AppendResult.Appended;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.RowCodec;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.reconcile.CommitScanner.Page;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.reconcile.Reconciler;
import io.streamkeep.kernel.reconcile.Reconciler.Slice;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore.Checkpoint;
import io.streamkeep.kernel.reconcile.ScanCycle;
import io.streamkeep.kernel.reconcile.ScanCycle.SeenMarker;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.testkit.cost.CostMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The reconciler on DynamoDB tables, which its tests share; each uses its own category. */
@Tag("slow")
final class ReconcilerOnDynamoDbTest {

  private static final Instant NOW = Instant.parse("2026-11-25T20:00:00Z");
  private static final int PAGE = 3;
  private static final int PARTITIONS = 2;

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final CostMeter meter = new CostMeter(TABLES.client());
  private final DynamoDbClient client = TABLES.newClient(meter);
  private final EventStore events = new DynamoEventStore(TABLES.client(), Tables.EVENTS);
  private final ViewStore rows = new DynamoViewStore(TABLES.client(), Tables.VIEWS);
  private final DynamoCursors cursors = new DynamoCursors(client, Tables.VIEWS, Tables.FIRST_FEED);
  private Instant now = NOW;

  private static ViewProjector<String, Count> subscriber(
      String category, ViewStore rows, EventStore events) {
    return new ViewProjector<>(
        new Projection<>(category, new NamedEvents(), new CountView(category)), rows, events);
  }

  private void append(StreamId stream, int commits, Instant time) {
    for (int i = 0; i < commits; i++) {
      events.append(
          events.load(stream).head(),
          new NewCommit(
              List.of(new RecordedEvent("counted", 1, "{}")),
              time,
              new CommandId(UUID.randomUUID().toString()),
              new Fingerprint("f"),
              Metadata.NONE));
    }
  }

  private Reconciler reconciler(ViewProjector<?, ?> subscriber, int pages) {
    return new Reconciler(
        new DynamoCommitScanner(client, Tables.EVENTS, PAGE),
        marker(),
        cursors,
        List.of(subscriber),
        () -> now,
        pages);
  }

  private DynamoChangeMarker marker() {
    FeedStore feed = new DynamoFeedStore(client, Tables.FIRST_FEED, Tables.VIEWS);
    return new DynamoChangeMarker(client, Tables.EVENTS, feed, PARTITIONS);
  }

  @Test
  void marker_changes_whenACommitOrAPageIsAppended() {
    StreamId stream = new StreamId("marker", "a");
    String before = marker().current();
    assertThat(marker().current()).isEqualTo(before);

    append(stream, 1, NOW);
    String appended = marker().current();
    FeedPage page = new FeedPage(1, NOW, List.of(new CommitRange(stream, 0, 1)));
    assertThat(new DynamoFeedStore(client, Tables.FIRST_FEED, Tables.VIEWS).append(1, page))
        .isInstanceOf(Appended.class);

    assertThat(appended).isNotEqualTo(before);
    assertThat(marker().current()).isNotEqualTo(appended).isNotEqualTo(before);
  }

  /** The slices up to the end of the cycle. */
  private static List<Slice> cycle(
      Reconciler reconciler, ScanCycle from, ViewProjector<?, ?> subscriber) {
    List<Slice> slices = new ArrayList<>();
    do {
      ScanCycle next = slices.isEmpty() ? from : slices.getLast().next();
      slices.add(
          reconciler.slice(next, Instant.MAX, missed -> subscriber.catchUp(missed.stream())));
    } while (!slices.getLast().ended());
    return slices;
  }

  @Test
  void slices_coverAllStreams_acrossPageBoundaries() {
    Map<StreamId, Integer> heads = new HashMap<>();
    for (int i = 1; i <= 10; i++) {
      heads.put(new StreamId("slices", "s" + i), i);
    }
    heads.forEach((stream, head) -> append(stream, head, NOW.minus(Duration.ofMinutes(5))));
    ViewProjector<?, ?> subscriber = subscriber("slices", rows, events);
    Reconciler reconciler = reconciler(subscriber, 2);

    List<Slice> slices = cycle(reconciler, ScanCycle.first(now), subscriber);

    assertThat(slices).hasSizeGreaterThan(8);
    assertThat(slices).allSatisfy(slice -> assertThat(slice.commits()).isLessThanOrEqualTo(6));
    heads.forEach(
        (stream, head) ->
            assertThat(rows.find("counting-slices", stream).commit()).isEqualTo((long) head));
    assertThat(cycle(reconciler, slices.getLast().next(), subscriber))
        .allSatisfy(slice -> assertThat(slice.missed()).isZero())
        .anySatisfy(slice -> assertThat(slice.compared()).isPositive());
  }

  @Test
  void foreignItem_isCounted_andInvalidTimeIsNull() {
    StreamId torn = new StreamId("torn", "time");
    for (String stream : List.of("foreign item", torn.toString())) {
      Map<String, AttributeValue> item = new HashMap<>();
      item.put("stream", fromS(stream));
      item.put("commit", fromN("1"));
      item.put("time", fromS("yesterday"));
      TABLES.client().putItem(put -> put.tableName(Tables.EVENTS).item(item));
    }
    List<Page> pages = new ArrayList<>();
    DynamoCommitScanner one = new DynamoCommitScanner(client, Tables.EVENTS, 1);
    do {
      pages.add(one.after(pages.isEmpty() ? null : pages.getLast().next()));
    } while (pages.getLast().next() != null);

    assertThat(pages.stream().mapToInt(Page::foreign).sum()).isEqualTo(1);
    assertThat(pages.stream().flatMap(page -> page.commits().stream()))
        .filteredOn(found -> found.stream().equals(torn))
        .singleElement()
        .satisfies(found -> assertThat(found.time()).isNull());
    TABLES
        .client()
        .deleteItem(
            delete ->
                delete
                    .tableName(Tables.EVENTS)
                    .key(Map.of("stream", fromS("foreign item"), "commit", fromN("1"))));
  }

  @Test
  void cursors_equalThoseOfRows() {
    StreamId stream = new StreamId("cursors", "large");
    append(stream, 2, NOW);
    subscriber("cursors", rows, events).catchUp(stream); // a large row is two items
    String other = "counting-other";
    rows.put(other, stream, rows.find(other, stream), new Row("{}", null, Set.of()), 1, List.of());
    rows.park(new ParkedPosition(other, stream, 2, Metadata.NONE), "why", NOW);
    rows.park(new ParkedPosition("nothing", stream, 1, Metadata.NONE), "why", NOW);
    Map<String, AttributeValue> broken =
        Map.of("stream", fromS(stream.toString()), "view", fromS("broken"), "commit", fromS("2"));
    TABLES.client().putItem(put -> put.tableName(Tables.VIEWS).item(broken));

    assertThat(cursors.of(stream))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "counting-cursors", new Cursor(2, false),
                "counting-other", new Cursor(1, true),
                "nothing", new Cursor(0, true),
                "broken", new Cursor(0, false)));
  }

  @Test
  void checkpoint_rejectsSecondWriter_fromSamePosition() {
    DynamoScanCheckpointStore cycles = new DynamoScanCheckpointStore(client, Tables.VIEWS, 1);
    Checkpoint first = cycles.find(NOW);
    assertThat(first).isEqualTo(new Checkpoint(ScanCycle.first(NOW), 0));
    ScanCycle one = new ScanCycle(NOW, null, "1 slices#s1", null);
    ScanCycle two = new ScanCycle(NOW.plusSeconds(1), NOW, null, new SeenMarker("m", NOW));

    assertThat(cycles.put(first, one)).isTrue();
    assertThat(cycles.put(first, two)).isFalse();
    Checkpoint second = cycles.find(NOW.plusSeconds(9));
    assertThat(second).isEqualTo(new Checkpoint(one, 1));
    assertThat(cycles.put(second, two)).isTrue();
    assertThat(cycles.put(second, one)).isFalse();
    assertThat(cycles.find(NOW)).isEqualTo(new Checkpoint(two, 2));
  }

  /** The cost that the documents extrapolate to ten million streams. */
  @Test
  void cycle_costsHalfAUnitPer4KB_plusTwoQueriesPerChangedStream() {
    append(new StreamId("cost", "a"), 7, NOW.minus(Duration.ofHours(5)));
    ViewProjector<?, ?> subscriber = subscriber("cost", rows, events);
    Reconciler reconciler = reconciler(subscriber, 1);
    List<Slice> first = cycle(reconciler, ScanCycle.first(now), subscriber);
    append(new StreamId("cost", "b"), 1, NOW);
    now = NOW.plus(Duration.ofHours(5));
    Slice start = first.getLast();
    double before = meter.cost("Scan").readUnits();
    long queries = meter.cost("Query").requests();

    List<Slice> second = cycle(reconciler, start.next(), subscriber);

    long bytes =
        TABLES.client().scan(scan -> scan.tableName(Tables.EVENTS)).items().stream()
            .mapToLong(ItemSize::of)
            .sum();
    assertThat(meter.cost("Scan").readUnits() - before)
        .isBetween(bytes / 8192.0, bytes / 8192.0 + second.size() / 2.0);
    assertThat(second.stream().mapToInt(Slice::compared).sum()).isEqualTo(1);
    assertThat(meter.cost("Query").requests() - queries).isEqualTo(2 + PARTITIONS); // the marker
    assertThat(meter.cost("Query").readUnits()).isEqualTo((double) meter.cost("Query").requests());
  }

  private record Count(long commits, boolean large) {}

  /** Counts the events of a stream; its row is large if the key is "large". */
  private record CountView(String category) implements View<String, Count> {

    @Override
    public String name() {
      return "counting-" + category;
    }

    @Override
    public Count apply(String key, @Nullable Count row, String event) {
      return new Count(row == null ? 1 : row.commits() + 1, key.equals("large"));
    }

    @Override
    public RowCodec<Count> codec() {
      return new CountCodec();
    }

    @Override
    public Set<String> rarelyChangingFields() {
      return Set.of("large");
    }
  }

  private static final class CountCodec implements RowCodec<Count> {

    @Override
    public String encode(Count row) {
      String large = row.large() ? "x".repeat(2000) : "";
      return "{\"commits\":%d,\"large\":\"%s\"}".formatted(row.commits(), large);
    }

    @Override
    public Count decode(String data) {
      String commits = data.substring(data.indexOf(':') + 1, data.indexOf(','));
      return new Count(Long.parseLong(commits), data.contains("x"));
    }
  }

  /** Events that consist of their type only. */
  private static final class NamedEvents implements EventCodec<String> {

    @Override
    public RecordedEvent encode(String event) {
      return new RecordedEvent(event, 1, "{}");
    }

    @Override
    public String decode(RecordedEvent event) {
      return event.type();
    }
  }
}
