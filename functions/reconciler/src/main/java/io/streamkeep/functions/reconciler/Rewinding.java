package io.streamkeep.functions.reconciler;

import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.reconcile.CursorAudit;
import io.streamkeep.kernel.reconcile.CursorAudit.Progress;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;

/**
 * Rebuilds rows and cursors that are ahead of the event table, after that was restored to an
 * earlier state. It runs only on request, since an event table that is wrong for another reason
 * would destroy the views, too. Request: {@code {"rewind": true, "after": …}}; response: {@code
 * {"cursors", "wrong", "next"}}. {@code next} is to be passed as {@code after}, and is missing at
 * the end.
 */
record Rewinding(CursorAudit audit, LoggingDispatcher dispatcher) {

  private static final String AFTER = "after";

  /** Time that is left for a page in progress. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  static boolean isRequested(JsonObject event) {
    return event.getBoolean("rewind", false);
  }

  /** Continues until shortly before the deadline; what can't be rebuilt is parked. */
  JsonObject run(JsonObject event, Instant deadline, LogLine line) {
    Progress progress =
        audit.run(
            event.getString(AFTER, null),
            deadline.minus(RESERVE),
            (subscriber, cursor) ->
                dispatcher.parkIfPoisoned(
                    subscriber, cursor.stream(), () -> subscriber.rewind(cursor.stream()), line));
    line.number("pages", progress.pages())
        .number("commits", 0)
        .number("foreign", 0)
        .number("compared", progress.cursors())
        .number("missed", progress.wrong())
        .number("resent", 0)
        .name("outcome", progress.next() == null ? "rewind-ended" : "rewind-continues");
    JsonObjectBuilder response =
        Json.object().add("cursors", progress.cursors()).add("wrong", progress.wrong());
    String next = progress.next();
    return (next == null ? response : response.add("next", next)).build();
  }
}
