package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.views.DynamoCursors;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FeedCheck;
import io.streamkeep.e2e.support.InjectedFaults;
import io.streamkeep.e2e.support.LocalBackend;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.e2e.support.Rewinding;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.localcloud.LocalCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Follows the how-to on restoring, for each table alone and for all of them. */
@Tag("slow")
final class RestoreTest {

  private static final int PARTITIONS = 4;
  private static final String EVENTS = "EventsTable";
  private static final String VIEWS = "ViewsTable";
  private static final String FEED = "FeedTable";

  /** The items of the tables at one time. */
  private record Snapshot(Map<String, List<Map<String, AttributeValue>>> tables) {

    static Snapshot of(LocalCloud cloud) {
      return new Snapshot(
          Stream.of(EVENTS, VIEWS, FEED)
              .collect(
                  Collectors.toMap(
                      table -> table,
                      table ->
                          cloud
                              .dynamoDb()
                              .scanPaginator(scan -> scan.tableName(cloud.tableName(table)))
                              .items()
                              .stream()
                              .toList())));
    }

    List<Map<String, AttributeValue>> items(String table) {
      return tables.getOrDefault(table, List.of());
    }
  }

  private static Snapshot earlier = new Snapshot(Map.of());
  private static Snapshot later = new Snapshot(Map.of());
  private static Set<StreamId> streams = Set.of();
  private static String placed = "";
  private static String created = "";

  /** The cursor of a consumer of partition 0. */
  private static String feedCursor = "";

  /** Changes two orders and creates another one between the snapshots. */
  @BeforeAll
  static void trade() throws IOException {
    try (LocalCloud cloud = LocalCloud.of(LocalCloudExtension.TEMPLATE).schedules(false).start()) {
      Backend backend = new LocalBackend(cloud);
      Api api = Api.of(backend);
      placed = api.place("restore");
      String sold = api.sell("restore");
      streams = new EventTable(cloud.dynamoDb(), cloud.tableName(EVENTS)).streams();
      awaitCursors(cloud, 1);
      backend.invoke("ReconcilerFunction", "{}"); // which leaves a checkpoint
      earlier = Snapshot.of(cloud);
      api.post("/orders/" + placed + "/confirmation", "");
      api.post("/orders/" + placed + "/completion", "");
      api.post("/orders/" + sold + "/returns", "{\"lines\":[{\"line\":1,\"quantity\":1}]}");
      created = api.sell("restore");
      streams = new EventTable(cloud.dynamoDb(), cloud.tableName(EVENTS)).streams();
      awaitCursors(cloud, 1);
      later = Snapshot.of(cloud);
      feedCursor = api.get("/feed?partition=0&after=0&limit=100").json().getString("next");
    }
  }

  /** Waits until each subscriber is at the head of each stream, or has no cursor in it. */
  private static void awaitCursors(LocalCloud cloud, int generation) {
    EventStore events = new DynamoEventStore(cloud.dynamoDb(), cloud.tableName(EVENTS));
    DynamoCursors cursors =
        new DynamoCursors(
            cloud.dynamoDb(),
            cloud.tableName(VIEWS),
            new FeedTable(cloud.tableName(FEED), generation));
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              for (StreamId stream : streams) {
                long head = events.headNumber(stream);
                int subscribers = head == 0 ? 0 : ViewsCheck.rows(stream) + 2;
                assertThat(cursors.of(stream).values())
                    .as(stream.toString())
                    .hasSize(subscribers)
                    .allMatch(cursor -> cursor.equals(new Cursor(head, false)));
              }
            });
  }

  /** A deployment on tables as they are after a restore; the tables' streams are empty then. */
  private static final class Restored implements AutoCloseable {

    private final InjectedFaults faults = new InjectedFaults();
    private final LocalCloud cloud;
    private final Backend backend;
    private final int generation;

    Restored(Path folder, int generation, Snapshot events, Snapshot views, Snapshot feed)
        throws IOException {
      this.generation = generation;
      faults.dropped = ""; // all
      cloud = LocalCloud.of(template(folder, generation)).faults(faults).schedules(false).start();
      backend = new LocalBackend(cloud);
      events.items(EVENTS).forEach(commit -> put(EVENTS, aged(commit)));
      views.items(VIEWS).forEach(item -> put(VIEWS, item));
      feed.items(FEED).forEach(item -> put(FEED, item));
    }

    private static Path template(Path folder, int generation) throws IOException {
      String template = Files.readString(LocalCloudExtension.TEMPLATE);
      String parameter = "FeedGeneration:\n    Type: Number\n    Default: ";
      assertThat(template).containsOnlyOnce(parameter + "1\n");
      String root =
          LocalCloudExtension.TEMPLATE.toAbsolutePath().resolveSibling("functions").toString();
      return Files.writeString(
          folder.resolve("template.yaml"),
          template
              .replace(parameter + "1\n", parameter + generation + "\n")
              .replace(": functions/", ": " + root + "/"));
    }

    /** The commit with a time at which it is old enough to be compared. */
    private static Map<String, AttributeValue> aged(Map<String, AttributeValue> commit) {
      Map<String, AttributeValue> aged = new HashMap<>(commit);
      aged.put("time", fromS(Instant.now().minusSeconds(600).toString()));
      return aged;
    }

    private void put(String table, Map<String, AttributeValue> item) {
      cloud.dynamoDb().putItem(put -> put.tableName(cloud.tableName(table)).item(item));
    }

    /** Rebuilds what is ahead; returns the number of cursors that were. */
    int rewind() {
      return new Rewinding(backend).run();
    }

    /** The small table is one slice, whatever it repairs. */
    void reconcile() {
      backend.invoke("ReconcilerFunction", "{}");
    }

    /** Compares everything with the restored events. */
    void assertConsistent() {
      awaitCursors(cloud, generation);
      EventTable events = new EventTable(cloud.dynamoDb(), cloud.tableName(EVENTS));
      ViewsCheck views = new ViewsCheck(backend);
      views.awaitViews(events.streams().size());
      FeedCheck feed = new FeedCheck(backend, PARTITIONS, generation);
      feed.awaitComplete();
      assertThat(feed.readInOrder())
          .hasSize(events.commits().values().stream().mapToInt(List::size).sum());
    }

    /** Starts delivery from the stream. */
    void deliver() {
      faults.dropped = InjectedFaults.NONE;
    }

    /** Asserts that new commands are accepted, and reach views and feed. */
    void assertTrades() {
      deliver();
      Api api = Api.of(backend);
      List<StreamId> all = new ArrayList<>(streams);
      all.add(new StreamId("order", api.sell("restore")));
      streams = Set.copyOf(all);
      awaitCursors(cloud, generation);
      assertConsistent();
    }

    Api api() {
      return Api.of(backend);
    }

    @Override
    public void close() {
      cloud.close();
    }
  }

  private static void assertGone(Restored restored) {
    Problems.assertProblem(
        restored.api().get("/feed?partition=0&after=" + feedCursor), 410, "feed-restarted");
  }

  @Test
  void eventsAreEarlier_viewsAheadAreRebuilt(@TempDir Path folder) throws IOException {
    try (Restored restored = new Restored(folder, 2, earlier, later, later)) {
      assertThat(restored.rewind()).isGreaterThan(0);
      restored.reconcile();

      restored.assertConsistent();
      assertGone(restored);
      assertThat(restored.api().get("/orders/" + created).status()).isEqualTo(404);
      assertThat(restored.rewind()).isZero();
      restored.deliver();
      // a commit number that had been used
      assertThat(restored.api().post("/orders/" + placed + "/confirmation", "").status())
          .isEqualTo(200);
      restored.assertTrades();
    }
  }

  @Test
  void viewsAreEarlier_missingCommitsAreApplied(@TempDir Path folder) throws IOException {
    try (Restored restored = new Restored(folder, 1, later, earlier, later)) {
      restored.reconcile();

      restored.assertConsistent();
      assertThat(restored.api().get("/feed?partition=0&after=" + feedCursor).status())
          .isEqualTo(200);
      restored.assertTrades();
    }
  }

  @Test
  void feedIsEarlier_newGenerationIsFilled(@TempDir Path folder) throws IOException {
    try (Restored restored = new Restored(folder, 2, later, later, earlier)) {
      assertThat(restored.rewind()).isZero();
      restored.reconcile();

      restored.assertConsistent();
      assertGone(restored);
      restored.assertTrades();
    }
  }

  @Test
  void allAreEarlier_newGenerationIsFilled(@TempDir Path folder) throws IOException {
    try (Restored restored = new Restored(folder, 2, earlier, earlier, earlier)) {
      assertThat(restored.rewind()).isZero();
      restored.reconcile();

      restored.assertConsistent();
      assertGone(restored);
      restored.assertTrades();
    }
  }
}
