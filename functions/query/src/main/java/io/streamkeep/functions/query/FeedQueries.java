package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.feed.FeedReader.Positioned;
import io.streamkeep.kernel.store.Commit;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The feed as it is asked for: from a position on, at once or when there is something. */
final class FeedQueries {

  static final String ROUTE = "GET /feed";

  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_WAIT = 10; // s, well before the function's time-out
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(200);

  private final FeedReader feed;
  private final int partitions;
  private final Sleeper pause;

  FeedQueries(FeedReader feed, int partitions, Sleeper pause) {
    this.feed = feed;
    this.partitions = partitions;
    this.pause = pause;
  }

  HttpResponse read(HttpRequest request) {
    if (request.query("partition").isEmpty()) {
      throw Problem.badParameter("partition", "is required").exception();
    }
    int partition = (int) QueryParameters.integer(request, "partition", 0, 0, partitions - 1);
    long after = QueryParameters.integer(request, "after", 0, 0, Long.MAX_VALUE);
    int limit = (int) QueryParameters.integer(request, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    long wait = QueryParameters.integer(request, "wait", 0, 0, MAX_WAIT);
    List<Positioned> found = await(partition, after, limit, TimeUnit.SECONDS.toNanos(wait));
    return HttpResponse.json(200, write(found, after).build().toString());
  }

  private List<Positioned> await(int partition, long after, int limit, long nanos) {
    long start = pause.nanoTime();
    List<Positioned> found = feed.read(partition, after, limit);
    while (found.isEmpty() && pause.nanoTime() - start < nanos) {
      pause.sleep(POLL);
      found = feed.read(partition, after, limit);
    }
    return found;
  }

  private static JsonObjectBuilder write(List<Positioned> found, long after) {
    JsonArrayBuilder commits = Json.array();
    for (Positioned one : found) {
      Commit commit = one.commit();
      commits.add(
          Json.object()
              .add("position", one.position())
              .add("stream", commit.stream().toString())
              .add("commit", commit.number())
              .add("time", commit.time().toString())
              .add("events", CloudEvents.batch(List.of(commit))));
    }
    return Json.object()
        .add("commits", commits)
        .add("next", found.isEmpty() ? after : found.getLast().position());
  }
}
