package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.Problems;
import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Request metadata, from the headers to the stored events. */
public abstract class MetadataSuite {

  private final Api api;

  protected MetadataSuite(Backend backend) {
    this.api = Api.of(backend);
  }

  @Test
  void correlationId_isReturned_andStoredWithEvents() {
    String why = "web:7f1c.2_A-9";
    Response placed =
        api.post("/orders", Api.key(), Api.order("why", Api.LINE), "X-Correlation-Id", why);
    Response confirmed = api.post("/orders/" + placed.id() + "/confirmation", "");

    assertThat(placed.header("X-Correlation-Id")).isEqualTo(why);
    assertThat(api.get("/orders/" + placed.id() + "/events").array())
        .extracting(event -> event.asJsonObject().getString("correlationid"))
        .containsExactly(why, confirmed.header("X-Correlation-Id"));
  }

  @Test
  void requestMetadata_isStoredWithEvents() {
    String[] headers = {
      "X-Correlation-Id", "web:7f1c",
      "X-Tenant-Id", "shop-7.eu",
      "traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "tracestate", "rojo=00f067aa0ba902b7, congo=t61rcWkgMzE",
    };
    String id = api.post("/orders", Api.key(), Api.order("from", Api.LINE), headers).id();

    JsonObject event = api.get("/orders/" + id + "/events").array().getJsonObject(0);

    assertThat(event.getString("correlationid")).isEqualTo("web:7f1c");
    assertThat(event.getString("tenantid")).isEqualTo("shop-7.eu");
    assertThat(event.getString("traceparent"))
        .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertThat(event.getString("tracestate")).isEqualTo("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
  }

  /** Without a correlation id of its own, the request's id serves as both. */
  @Test
  void causationId_isRequestId() {
    Response placed = api.post("/orders", Api.order("cause", Api.LINE));

    JsonObject event = api.get("/orders/" + placed.id() + "/events").array().getJsonObject(0);

    assertThat(event.getString("causationid")).isEqualTo(placed.header("X-Correlation-Id"));
  }

  @Test
  void invalidTraceparent_isIgnored_andNewTraceStarted() {
    String none = "00-00000000000000000000000000000000-b7ad6b7169203331-01";
    String id =
        api.post(
                "/orders",
                Api.key(),
                Api.order("trace", Api.LINE),
                "traceparent",
                none,
                "tracestate",
                "rojo=1")
            .id();

    JsonObject event = api.get("/orders/" + id + "/events").array().getJsonObject(0);

    assertThat(event.getString("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    assertThat(event).doesNotContainKey("tracestate");
  }

  @Test
  void invalidTenantId_isRejected() {
    for (String bad : List.of("a b", "anna@example.com", "x".repeat(65))) {
      Response rejected =
          api.post(
              "/orders",
              Api.key(),
              Api.order("tenant", Api.LINE),
              "X-Tenant-Id",
              bad,
              "X-Correlation-Id",
              "why");
      Problems.assertProblem(rejected, 400, "bad-input");
      assertThat(rejected.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
          .isEqualTo("X-Tenant-Id");
      assertThat(rejected.header("X-Correlation-Id")).isEqualTo("why");
    }
  }

  @Test
  void correlationId_isRequestId_whenHeaderIsMissing() {
    Response unknown = api.get("/orders/unknown");

    assertThat(unknown.json().getString("instance"))
        .isEqualTo("urn:request:" + unknown.header("X-Correlation-Id"));
  }

  @Test
  void invalidCorrelationId_isRejected() {
    for (String bad : List.of("a b", "anna@example.com", "x".repeat(129))) {
      Response rejected =
          api.post("/orders", Api.key(), Api.order("why", Api.LINE), "X-Correlation-Id", bad);
      Problems.assertProblem(rejected, 400, "bad-input");
      assertThat(rejected.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
          .isEqualTo("X-Correlation-Id");
      assertThat(rejected.header("X-Correlation-Id")).isNotEmpty().isNotEqualTo(bad);
    }
  }
}
