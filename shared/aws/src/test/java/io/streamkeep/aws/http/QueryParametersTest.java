package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.aws.json.Json;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The integers of a query. */
final class QueryParametersTest {

  private static HttpRequest request(String value) {
    return HttpRequest.read(
        Json.object()
            .add("httpMethod", "GET")
            .add("resource", "/feed")
            .add(
                "multiValueQueryStringParameters",
                Json.object().add("after", Json.array().add(value)))
            .add("requestContext", Json.object().add("requestId", "request-1").add("path", "/feed"))
            .build(),
        Instant.MAX);
  }

  private static long after(String value) {
    return QueryParameters.integer(request(value), "after", 0, 0, Long.MAX_VALUE);
  }

  @Test
  void integerHasAsciiDigits() {
    assertThat(after("0")).isZero();
    assertThat(after("007")).isEqualTo(7);
    assertThat(after("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "+1",
        "-0",
        "-1",
        "1.0",
        "1e3",
        "0x1",
        "٣",
        "１",
        "९",
        "1٣",
        "9223372036854775808"
      })
  void anythingElseIsABadRequest(String value) {
    assertThatThrownBy(() -> after(value))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().errors()).extracting("parameter").containsExactly("after"));
  }
}
