package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.domain.Registry;
import io.streamkeep.e2e.support.AggregateApi;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FeedCheck;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The feed, as other systems read it. */
public abstract class FeedSuite {

  /** Number of feed partitions in the template. */
  private static final int PARTITIONS = 4;

  private final Backend backend;
  private final Api api;

  protected FeedSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  /** Covers everything in the event table, including the commits of other tests. */
  @Test
  void feed_holdsEveryCommitOnce_inStreamOrder() {
    Map<String, JsonArray> appended = new HashMap<>();
    Registry.aggregates().stream()
        .filter(module -> !module.commands().isEmpty())
        .map(module -> new AggregateApi(module, backend))
        .flatMap(aggregate -> aggregate.commits(aggregate.createAndRunAll()).stream())
        .forEach(commit -> appended.put(id(commit), CloudEvents.batch(List.of(commit))));

    FeedCheck check = new FeedCheck(backend, PARTITIONS);
    check.awaitComplete();

    List<JsonObject> commits =
        IntStream.range(0, PARTITIONS).boxed().flatMap(p -> all(p, 7).stream()).toList();
    assertThat(commits.stream().map(FeedSuite::id).toList()).doesNotHaveDuplicates();
    Map<String, JsonArray> read = new HashMap<>();
    commits.forEach(commit -> read.put(id(commit), commit.getJsonArray("events")));
    assertThat(read).containsAllEntriesOf(appended);
  }

  private static String id(Commit commit) {
    return commit.stream() + "/" + commit.number();
  }

  private static String id(JsonObject commit) {
    return commit.getString("stream") + "/" + commit.getInt("commit");
  }

  /** All commits of a partition, read in pages. */
  private List<JsonObject> all(int partition, int limit) {
    List<JsonObject> all = new ArrayList<>();
    JsonObject page;
    String after = "0";
    do {
      page = page(partition, after, limit, 0);
      all.addAll(page.getJsonArray("commits").getValuesAs(JsonObject.class));
      after = page.getString("next");
    } while (!page.getJsonArray("commits").isEmpty());
    return all;
  }

  private JsonObject page(int partition, String after, int limit, int wait) {
    Response response =
        api.get(
            "/feed?partition=%d&after=%s&limit=%d&wait=%d"
                .formatted(partition, after, limit, wait));
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    return response.json();
  }

  /** Changes an order that exists, because its partition is known. */
  @Test
  void longPoll_returnsNextCommit_whenItArrives() {
    String order = api.place("feed");
    int partition = Feed.partition(new StreamId("order", order), PARTITIONS);
    new FeedCheck(backend, PARTITIONS).awaitComplete();
    long end = all(partition, 100).getLast().getJsonNumber("position").longValue();
    CompletableFuture<JsonObject> poll =
        CompletableFuture.supplyAsync(() -> page(partition, "1." + end, 10, 5));

    api.post("/orders/" + order + "/confirmation", "");

    JsonObject next = poll.join();
    JsonObject commit = next.getJsonArray("commits").getJsonObject(0);
    assertThat(id(commit)).isEqualTo("order#" + order + "/2");
    assertThat(commit.getJsonNumber("position").longValue()).isGreaterThan(end);
    assertThat(next.getString("next")).isEqualTo("1." + commit.get("position"));
  }

  @Test
  void cursor_isGone_whenItsGenerationIs() {
    Problems.assertProblem(api.get("/feed?partition=0&after=2.100"), 410, "feed-restarted");
  }

  @Test
  void invalidParameter_isNamed() {
    Map.of(
            "/feed", "partition",
            "/feed?partition=4", "partition",
            "/feed?partition=0&after=-1", "after",
            "/feed?partition=0&limit=101", "limit",
            "/feed?partition=0&wait=11", "wait")
        .forEach((path, parameter) -> Problems.assertParameter(api.get(path), parameter));
  }
}
