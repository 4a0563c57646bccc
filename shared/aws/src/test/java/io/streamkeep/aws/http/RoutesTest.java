package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.TestContext;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Requests that every route treats alike. */
final class RoutesTest {

  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private static final class Api extends ApiHandler {
    Api() {
      super(
          new Routes()
              .add(
                  "GET /feed",
                  Set.of("after"),
                  (request, line) -> HttpResponse.json(200, "{}").with("ETag", "\"3\""))
              .add("POST /feed", Set.of(), (request, line) -> HttpResponse.json(200, "{}")),
          CLOCK);
    }
  }

  private static JsonObject answer(String method, String... parameters) {
    JsonObjectBuilder query = Json.object();
    for (String parameter : parameters) {
      query.add(parameter, Json.array().add("1"));
    }
    JsonObject event =
        Json.object()
            .add("httpMethod", method)
            .add("resource", "/feed")
            .add("multiValueQueryStringParameters", query)
            .add("requestContext", Json.object().add("requestId", "request-1").add("path", "/feed"))
            .build();
    LogLine line = LogLine.start(TestContext.of("fn", "r-1"), LogEvent.REQUEST, CLOCK);
    return new Api().handle(event, Instant.MAX, line);
  }

  @Test
  void headHasStatusAndHeadersOfTheGetWithoutItsBody() {
    JsonObject get = answer("GET");
    JsonObject head = answer("HEAD");

    assertThat(head.getInt("statusCode")).isEqualTo(200);
    assertThat(head.getJsonObject("headers")).isEqualTo(get.getJsonObject("headers"));
    assertThat(head.getString("body")).isEmpty();
    assertThat(get.getString("body")).isNotEmpty();
  }

  @Test
  void headThatFailsHasStatusAndHeadersOfTheProblem() {
    JsonObject head = answer("HEAD", "befor");

    assertThat(head.getInt("statusCode")).isEqualTo(400);
    assertThat(head.getJsonObject("headers").getString("Content-Type"))
        .isEqualTo("application/problem+json");
    assertThat(head.getString("body")).isEmpty();
  }

  private static List<String> refused(JsonObject answer) {
    assertThat(answer.getInt("statusCode")).isEqualTo(400);
    return Json.read(answer.getString("body"))
        .getJsonArray("errors")
        .getValuesAs((JsonObject error) -> error.getString("parameter"));
  }

  @Test
  void parameterThatTheRouteDoesNotHaveIsABadRequest() {
    assertThat(refused(answer("GET", "after", "limt", "befor"))).containsExactly("befor", "limt");
    assertThat(refused(answer("POST", "after"))).containsExactly("after");
    assertThat(answer("GET", "after").getInt("statusCode")).isEqualTo(200);
  }
}
