package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.streamkeep.aws.TestContext;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.EventStore.Limit;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The response, log fields and metrics of each outcome. */
final class OutcomeResponsesTest {

  private final LogLine line =
      LogLine.start(
          TestContext.of("fn", "r-1"), LogEvent.REQUEST, InstantSource.fixed(Instant.EPOCH));

  private Problem problem(Outcome<String> outcome) {
    return catchThrowableOfType(
            ProblemException.class, () -> OutcomeResponses.completed(outcome, line))
        .problem();
  }

  @Test
  void completedCommandIsLoggedWithItsCommit() {
    Outcome.Completed<String> completed = new Outcome.Completed<>("state", 7);

    assertThat(OutcomeResponses.completed(completed, line)).isSameAs(completed);
    assertThat(line.json().getInt("commit")).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "COMMIT_BYTES, one aggregate's changes take at most 409600 bytes as stored",
        "APPEND_BYTES, a command's changes take at most 4194304 bytes as stored",
        "STREAMS, involves at most 100 aggregates"
      })
  void tooLargeCommandIsReportedWithLimitAndSize(Limit limit, String most) {
    Problem problem = problem(new Outcome.TooLarge<>(limit, 5_000_001));

    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem.code()).isEqualTo("too-large");
    assertThat(problem.detail()).contains(most).endsWith(", this one 5000001.");
  }

  @Test
  void exceededDeadlineIsRetriable() {
    Problem problem = problem(new Outcome.DeadlineExceeded<>());
    HttpResponse response = problem.response("r-1");

    assertThat(problem.code()).isEqualTo("out-of-time");
    assertThat(problem.detail()).contains("nothing was written");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsEntry("Retry-After", "1");
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN, 404", "STATE, 409", "INPUT, 422"})
  void rejectionHasTheStatusOfItsKind(Rejection.Kind kind, int status) {
    Problem problem = problem(new Outcome.Rejected<>(new Rejection(kind, "no", "Not so.")));

    assertThat(problem).isEqualTo(Problem.of(status, "no", "Rejected", "Not so."));
    assertThat(line.json().getInt("Rejected")).isEqualTo(1);
  }

  @Test
  void conflictsAreReportedByKind() {
    Problem contended = problem(new Outcome.RetriesExhausted<>(20));
    assertThat(contended.status()).isEqualTo(409);
    assertThat(contended.detail()).contains("won all 20 attempts");

    Problem stale = problem(new Outcome.PreconditionFailed<>(3));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.detail()).contains("newest commit is 3");

    assertThat(problem(new Outcome.CommandIdReused<>()).status()).isEqualTo(422);
    JsonObject json = line.json();
    assertThat(json.getInt("commit")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "CONFLICT, Conflicts",
    "TRANSACTION_CONFLICT, TransactionConflicts",
    "THROTTLED, Throttled",
    "SNAPSHOT_LEFT_OUT, SnapshotsLeftOut"
  })
  void attemptEventsAreCounted(AttemptEvent event, String metric) {
    OutcomeResponses.attemptEvents(line).accept(event);
    OutcomeResponses.attemptEvents(line).accept(event);

    JsonObject json = line.json();
    assertThat(json.getInt(metric)).isEqualTo(2);
    assertThat(
            json.getJsonObject("_aws")
                .getJsonArray("CloudWatchMetrics")
                .getJsonObject(0)
                .getJsonArray("Metrics"))
        .as("and nothing else")
        .hasSize(1);
  }
}
