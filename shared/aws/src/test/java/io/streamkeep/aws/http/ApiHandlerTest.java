package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.TestContext;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.store.ThrottledException;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** Answers to failures, temporary and permanent. */
final class ApiHandlerTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private static final class Failing extends ApiHandler {
    Failing(RuntimeException failure) {
      super(
          new Routes()
              .add(
                  "POST /orders",
                  Set.of(),
                  (request, line) -> {
                    throw failure;
                  }),
          CLOCK);
    }
  }

  private static JsonObject answer(RuntimeException failure) {
    LogLine line = LogLine.start(TestContext.of("fn", "r-1"), LogEvent.REQUEST, CLOCK);
    return new Failing(failure).handle(Requests.event(""), Instant.MAX, line);
  }

  private static String code(JsonObject answer) {
    return Json.read(answer.getString("body")).getString("code");
  }

  private static RuntimeException answered(int status) {
    return DynamoDbException.builder().statusCode(status).message("answered").build();
  }

  @Test
  void outageOfAStoreIsTemporary() {
    for (RuntimeException outage :
        List.of(
            answered(500),
            answered(503),
            SdkClientException.create("Unable to connect"),
            ApiCallTimeoutException.create(5000))) {
      JsonObject answer = answer(outage);

      assertThat(answer.getInt("statusCode")).isEqualTo(503);
      assertThat(code(answer)).isEqualTo("store-unavailable");
      assertThat(answer.getJsonObject("headers").getString("Retry-After")).isNotBlank();
    }
  }

  @Test
  void throttlingIsTemporary() {
    JsonObject answer = answer(new ThrottledException(null));

    assertThat(answer.getInt("statusCode")).isEqualTo(503);
    assertThat(code(answer)).isEqualTo("throttled");
  }

  /** A queue's throttling has no 5xx status; only the error code reports it. */
  @Test
  void throttlingOfAQueueIsTemporary() {
    RuntimeException throttled =
        SqsException.builder()
            .statusCode(403)
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("RequestThrottled").build())
            .build();

    JsonObject answer = answer(throttled);

    assertThat(answer.getInt("statusCode")).isEqualTo(503);
    assertThat(code(answer)).isEqualTo("throttled");
  }

  /** The alarm on 5xx answers subtracts them. */
  @Test
  void everyTemporaryProblemIsCountedAsUnavailable() {
    for (RuntimeException temporary :
        List.of(
            answered(503),
            new ThrottledException(null),
            Problem.unavailable("out-of-time", "Try again.").exception())) {
      assertThat(line(temporary).getInt("Unavailable")).isOne();
    }
    for (RuntimeException other :
        List.of(answered(400), Problem.badParameter("limit", "is too large").exception())) {
      assertThat(line(other)).doesNotContainKey("Unavailable");
    }
  }

  private static JsonObject line(RuntimeException failure) {
    LogLine line = LogLine.start(TestContext.of("fn", "r-1"), LogEvent.REQUEST, CLOCK);
    new Failing(failure).handle(Requests.event(""), Instant.MAX, line);
    return line.json();
  }

  @Test
  void anythingElseIsInternal() {
    for (RuntimeException failure : List.of(answered(400), new IllegalStateException("secret"))) {
      JsonObject answer = answer(failure);

      assertThat(answer.getInt("statusCode")).isEqualTo(500);
      assertThat(code(answer)).isEqualTo("internal");
      assertThat(answer.toString()).doesNotContain("secret", "answered");
    }
  }
}
