package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.http.ResponsePage;
import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.feed.FeedReader.Positioned;
import io.streamkeep.kernel.metadata.Timestamp;
import io.streamkeep.kernel.store.Commit;
import jakarta.json.JsonArray;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Answers queries of the feed from a position on, immediately or after waiting for commits. */
final class FeedQueries {

  static final String ROUTE = "GET /feed";
  static final Set<String> PARAMETERS = Set.of("partition", "after", "limit", "wait");

  /**
   * Maximum in seconds. A waiting request occupies an environment; the number of these is at most
   * the gateway's burst for the route, plus its rate times this.
   */
  private static final int MAX_WAIT = 5;

  private static final long POLL_INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

  private final FeedReader feed;
  private final int partitions;
  private final int generation;
  private final Sleeper sleeper;

  FeedQueries(FeedReader feed, int partitions, int generation, Sleeper sleeper) {
    this.feed = feed;
    this.partitions = partitions;
    this.generation = generation;
    this.sleeper = sleeper;
  }

  HttpResponse read(HttpRequest request) {
    if (request.query("partition").isEmpty()) {
      throw Problem.badParameter("partition", "is required").exception();
    }
    int partition = (int) QueryParameters.integer(request, "partition", 0, 0, partitions - 1);
    long after = FeedCursor.after(request, generation);
    int limit = QueryParameters.limit(request);
    long wait = QueryParameters.integer(request, "wait", 0, 0, MAX_WAIT);
    List<Positioned> found = await(partition, after, limit, TimeUnit.SECONDS.toNanos(wait));
    return HttpResponse.json(200, write(found, after).build().toString());
  }

  private List<Positioned> await(int partition, long after, int limit, long nanos) {
    long start = sleeper.nanoTime();
    List<Positioned> found = feed.read(partition, after, limit);
    while (found.isEmpty() && sleeper.nanoTime() - start < nanos) {
      sleeper.sleep(POLL_INTERVAL);
      found = feed.read(partition, after, limit);
    }
    return found;
  }

  private JsonObjectBuilder write(List<Positioned> found, long after) {
    ResponsePage<Positioned> page = ResponsePage.of(found, FeedQueries::write);
    long next = found.isEmpty() ? after : page.items().getLast().position();
    return Json.object()
        .add("commits", page.json())
        .add("generation", generation)
        .add("next", new FeedCursor(generation, next).toString());
  }

  private static JsonArray write(Positioned found) {
    Commit commit = found.commit();
    return Json.array()
        .add(
            Json.object()
                .add("position", found.position())
                .add("stream", commit.stream().toString())
                .add("commit", commit.number())
                .add("time", Timestamp.format(commit.time()))
                .add("events", CloudEvents.batch(List.of(commit))))
        .build();
  }
}
