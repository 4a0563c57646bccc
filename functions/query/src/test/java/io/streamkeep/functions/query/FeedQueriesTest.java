package io.streamkeep.functions.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryFeedStore;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.function.ApiRequest;
import io.streamkeep.testkit.function.SampleCommits;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedQueriesTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final StreamId STREAM = new StreamId("order", "1");

  private final FakeClock clock = new FakeClock(NOW);
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryFeedStore pages = new InMemoryFeedStore();
  private final FeedQueries feed = new FeedQueries(new FeedReader(pages, events), 1, 2, clock);

  private static ApiRequest request() {
    return ApiRequest.of(FeedQueries.ROUTE).query("partition", "0");
  }

  private JsonObject read(ApiRequest request) {
    return Json.read(feed.read(request.at(NOW)).body());
  }

  private void append(int commits) {
    SampleCommits.append(events, STREAM, NOW, commits);
    new Feed(pages, events, 1, clock, clock).catchUp(STREAM);
  }

  @Test
  void commitsAreReadInPagesFromAPosition() {
    append(3);

    JsonObject first = read(request().query("limit", "2"));
    JsonObject second = read(request().query("after", first.getString("next")));

    assertThat(first.getJsonArray("commits"))
        .extracting(commit -> commit.asJsonObject().getInt("commit"))
        .containsExactly(1, 2);
    assertThat(second.getJsonArray("commits"))
        .extracting(commit -> commit.asJsonObject().getInt("commit"))
        .containsExactly(3);
    assertThat(first.getJsonArray("commits").getJsonObject(0).getString("stream"))
        .isEqualTo("order#1");
    assertThat(first.getJsonArray("commits").getJsonObject(0).getString("time"))
        .isEqualTo("2026-03-01T10:15:30.000Z");
    assertThat(first.getJsonArray("commits").getJsonObject(0).getJsonArray("events")).hasSize(1);
  }

  /** Lambda's limit of a response is 6 MB. */
  @Test
  void pageIsCutBeforeItIsTooLargeForAResponse() {
    RecordedEvent large =
        new RecordedEvent("sample.happened", 1, "{\"text\":\"%s\"}".formatted("é".repeat(100_000)));
    SampleCommits.append(events, STREAM, NOW, Collections.nCopies(40, large));
    new Feed(pages, events, 1, clock, clock).catchUp(STREAM);

    JsonObject first = read(request().query("limit", "40"));
    JsonObject second =
        read(request().query("limit", "40").query("after", first.getString("next")));

    assertThat(first.getJsonArray("commits")).hasSizeBetween(20, 30);
    assertThat(second.getJsonArray("commits"))
        .hasSize(40 - first.getJsonArray("commits").size())
        .last()
        .satisfies(commit -> assertThat(commit.asJsonObject().getInt("commit")).isEqualTo(40));
  }

  @Test
  void endOfTheFeedAnswersImmediately() {
    JsonObject end = read(request().query("after", "2.700"));

    assertThat(end).isEqualTo(Json.read("{\"commits\":[],\"generation\":2,\"next\":\"2.700\"}"));
    assertThat(clock.sleeps()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.700", "3.700", "1.0"})
  void cursorOfAnotherGenerationIsGone(String cursor) {
    append(3);

    Problem problem =
        catchThrowableOfType(ProblemException.class, () -> read(request().query("after", cursor)))
            .problem();

    assertThat(problem.status()).isEqualTo(410);
    assertThat(problem.code()).isEqualTo("feed-restarted");
    assertThat(problem.detail()).contains("generation " + cursor.charAt(0), "generation 2");
  }

  @Test
  void waitEndsAfterTheGivenTime() {
    assertThat(read(request().query("wait", "2")).getJsonArray("commits")).isEmpty();

    assertThat(Duration.between(NOW, clock.instant())).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void waitEndsWithTheFirstCommit() {
    FeedQueries awaited =
        new FeedQueries(
            new FeedReader(pages, events), 1, 2, new AppendingSleeper(clock, () -> append(1)));

    JsonObject page = Json.read(awaited.read(request().query("wait", "5").at(NOW)).body());

    assertThat(page.getJsonArray("commits")).hasSize(1);
    assertThat(clock.sleeps()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "partition, 1",
    "partition, -1",
    "after, x",
    "after, 700",
    "after, 2.x",
    "after, 2.-1",
    "after, ''",
    "limit, 0",
    "wait, 6"
  })
  void invalidParameterIsABadRequest(String parameter, String value) {
    assertParameter(request().query(parameter, value), parameter);
  }

  @Test
  void partitionIsRequired() {
    assertParameter(ApiRequest.of(FeedQueries.ROUTE), "partition");
  }

  private void assertParameter(ApiRequest request, String parameter) {
    assertThat(catchThrowableOfType(ProblemException.class, () -> read(request)).problem().errors())
        .extracting("parameter")
        .containsExactly(parameter);
  }
}
