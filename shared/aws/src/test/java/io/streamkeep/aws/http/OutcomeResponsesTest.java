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

/** What a client and the log are told of each way in which a command can end. */
final class OutcomeResponsesTest {

  private final LogLine line =
      LogLine.start(
          new TestContext("fn", "r-1"), LogEvent.REQUEST, InstantSource.fixed(Instant.EPOCH));

  private Problem problem(Outcome<String> outcome) {
    return catchThrowableOfType(ProblemException.class, () -> OutcomeResponses.done(outcome, line))
        .problem();
  }

  @Test
  void whatIsDoneIsToldWithItsCommit() {
    Outcome.Completed<String> done = new Outcome.Completed<>("state", 7);

    assertThat(OutcomeResponses.done(done, line)).isSameAs(done);
    assertThat(line.json().getInt("commit")).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource({
    "COMMIT_BYTES, in an aggregate has at most 409600 bytes as stored",
    "APPEND_BYTES, changes has at most 4194304 bytes as stored",
    "STREAMS, is about at most 100 aggregates"
  })
  void whatIsTooLargeIsToldWithItsLimitAndItsSize(Limit limit, String most) {
    Problem problem = problem(new Outcome.TooLarge<>(limit, 5_000_001));

    assertThat(problem.status()).isEqualTo(413);
    assertThat(problem.code()).isEqualTo("too-large");
    assertThat(problem.detail()).contains(most).endsWith("; this is 5000001.");
  }

  @Test
  void whatThereWasNoTimeForIsToBeTriedAgainSoon() {
    Problem problem = problem(new Outcome.DeadlineExceeded<>());
    HttpResponse response = problem.response("r-1");

    assertThat(problem.code()).isEqualTo("out-of-time");
    assertThat(problem.detail()).contains("nothing was written");
    assertThat(response.status()).isEqualTo(503);
    assertThat(response.headers()).containsEntry("Retry-After", "1");
  }

  @ParameterizedTest
  @CsvSource({"UNKNOWN, 404", "STATE, 409", "INPUT, 422"})
  void aNoOfTheBusinessIsTheOneOfItsKind(Rejection.Kind kind, int status) {
    Problem problem = problem(new Outcome.Rejected<>(new Rejection(kind, "no", "Not so.")));

    assertThat(problem).isEqualTo(Problem.of(status, "no", "Rejected", "Not so."));
    assertThat(line.json().getInt("Rejected")).isEqualTo(1);
  }

  @Test
  void aConflictIsToldByWhatItIsAbout() {
    Problem contended = problem(new Outcome.RetriesExhausted<>(20));
    assertThat(contended.status()).isEqualTo(409);
    assertThat(contended.detail()).contains("every one of 20 tries");

    Problem stale = problem(new Outcome.PreconditionFailed<>(3));
    assertThat(stale.status()).isEqualTo(412);
    assertThat(stale.detail()).contains("at commit 3");

    assertThat(problem(new Outcome.CommandIdReused<>()).status()).isEqualTo(422);
    JsonObject json = line.json();
    assertThat(json.getInt("commit")).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "CONFLICT, Conflicts",
    "TRANSACTION_CONFLICT, Collisions",
    "THROTTLED, Throttled",
    "SNAPSHOT_LEFT_OUT, SnapshotsLeftOut"
  })
  void whatHappensOnTheWayIsCounted(AttemptEvent incident, String metric) {
    OutcomeResponses.incidents(line).accept(incident);
    OutcomeResponses.incidents(line).accept(incident);

    JsonObject json = line.json();
    assertThat(json.getInt(metric)).isEqualTo(2);
    assertThat(
            json.getJsonObject("_aws")
                .getJsonArray("CloudWatchMetrics")
                .getJsonObject(0)
                .getJsonArray("Metrics"))
        .as("and nothing else is")
        .hasSize(1);
  }
}
