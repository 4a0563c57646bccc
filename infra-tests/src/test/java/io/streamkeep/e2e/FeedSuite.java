package io.streamkeep.e2e;

import io.streamkeep.e2e.Api.Answer;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.store.StreamId;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The feed as other systems read it. */
abstract class FeedSuite {

  /** As the template has it. */
  private static final int PARTITIONS = 4;

  private final Backend backend;
  private final Api api;

  FeedSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  /** Of all that there is, whatever else the backend was used for before. */
  @Test
  void everyCommitIsInItOnceInTheOrderOfItsStream() {
    Set<String> sold =
        IntStream.range(0, 3).mapToObj(i -> api.sell("feed")).collect(Collectors.toSet());

    FeedCheck check = new FeedCheck(backend, PARTITIONS);
    check.awaitWhole();

    List<JsonObject> commits =
        IntStream.range(0, PARTITIONS).boxed().flatMap(p -> all(p, 7).stream()).toList();
    assertThat(commits.stream().map(FeedSuite::id).toList())
        .doesNotHaveDuplicates()
        .containsAll(sold.stream().map(order -> "order#" + order + "/3").toList());
    JsonObject placed =
        commits.stream()
            .filter(commit -> sold.contains(StreamId.parse(commit.getString("stream")).key()))
            .findFirst()
            .orElseThrow();
    JsonObject event = placed.getJsonArray("events").getJsonObject(0);
    assertThat(event)
        .isEqualTo(
            api.get("/orders/" + event.getString("subject") + "/events").array().getJsonObject(0));
  }

  private static String id(JsonObject commit) {
    return commit.getString("stream") + "/" + commit.getInt("commit");
  }

  /** A partition, read in pages. */
  private List<JsonObject> all(int partition, int limit) {
    List<JsonObject> all = new ArrayList<>();
    JsonObject page;
    long after = 0;
    do {
      page = page(partition, after, limit, 0);
      all.addAll(page.getJsonArray("commits").getValuesAs(JsonObject.class));
      after = page.getJsonNumber("next").longValue();
    } while (!page.getJsonArray("commits").isEmpty());
    return all;
  }

  private JsonObject page(int partition, long after, int limit, int wait) {
    Answer answer =
        api.get(
            "/feed?partition=%d&after=%d&limit=%d&wait=%d"
                .formatted(partition, after, limit, wait));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** In whatever partition the order turns out to be: they are all waited for. */
  @Test
  void whoWaitsHearsOfWhatComes() {
    new FeedCheck(backend, PARTITIONS).awaitWhole();
    List<Long> ends =
        IntStream.range(0, PARTITIONS)
            .mapToObj(p -> all(p, 100))
            .map(all -> all.isEmpty() ? 0 : all.getLast().getJsonNumber("position").longValue())
            .toList();
    List<CompletableFuture<JsonObject>> waiting =
        IntStream.range(0, PARTITIONS)
            .mapToObj(p -> CompletableFuture.supplyAsync(() -> page(p, ends.get(p), 10, 10)))
            .toList();

    String order = api.place("feed");

    int partition = Feed.partition(new StreamId("order", order), PARTITIONS);
    JsonObject heard = waiting.get(partition).join();
    assertThat(heard.getJsonArray("commits").getJsonObject(0).getString("stream"))
        .isEqualTo("order#" + order);
    assertThat(heard.getJsonNumber("next").longValue()).isGreaterThan(ends.get(partition));
    waiting.forEach(CompletableFuture::join);
  }

  @Test
  void badParametersAreNamed() {
    Map.of(
            "/feed", "partition",
            "/feed?partition=4", "partition",
            "/feed?partition=0&after=-1", "after",
            "/feed?partition=0&limit=101", "limit",
            "/feed?partition=0&wait=11", "wait")
        .forEach(
            (path, parameter) -> {
              Answer answer = api.get(path);
              Problems.assertProblem(answer, 400, "bad-input");
              assertThat(
                      answer.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
                  .isEqualTo(parameter);
            });
  }
}
