package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.e2e.support.AggregateApi;
import io.streamkeep.e2e.support.AggregateExamples;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.ForEachExposedAggregate;
import io.streamkeep.e2e.support.Problems;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Request metadata of every aggregate, from the headers to the stored events. */
public abstract class MetadataSuite {

  private final Backend backend;

  protected MetadataSuite(Backend backend) {
    this.backend = backend;
  }

  private AggregateApi api(AggregateModule<?, ?, ?> module) {
    return new AggregateApi(module, backend);
  }

  /** The first event of the stream that a command started. */
  private static JsonObject event(AggregateApi api, Response created) {
    return CloudEvents.batch(api.commits(AggregateApi.key(created))).getJsonObject(0);
  }

  @ForEachExposedAggregate
  void correlationId_isReturned_andStoredWithEvents(AggregateModule<?, ?, ?> module) {
    String why = "web:7f1c.2_A-9";
    AggregateApi api = api(module);
    Response created = api.create(Api.key(), "X-Correlation-Id", why);
    String id = AggregateApi.key(created);
    List<String> returned = new ArrayList<>(List.of(created.header("X-Correlation-Id")));
    for (CommandOperation<?> change : new AggregateExamples<>(module).changes()) {
      int before = api.commits(id).size();
      Response changed = api.send(change, id, Api.key());
      if (api.commits(id).size() > before) {
        returned.add(changed.header("X-Correlation-Id"));
      }
    }

    assertThat(returned).startsWith(why).doesNotContain("").doesNotHaveDuplicates();
    JsonArray events = CloudEvents.batch(api.commits(id));
    assertThat(events)
        .extracting(event -> event.asJsonObject().getString("correlationid"))
        .isEqualTo(returned);
  }

  @ForEachExposedAggregate
  void requestMetadata_isStoredWithEvents(AggregateModule<?, ?, ?> module) {
    Response created =
        api(module)
            .create(
                Api.key(),
                "X-Correlation-Id",
                "web:7f1c",
                "X-Tenant-Id",
                "shop-7.eu",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "tracestate",
                "rojo=00f067aa0ba902b7, congo=t61rcWkgMzE");

    JsonObject event = event(api(module), created);

    assertThat(event.getString("correlationid")).isEqualTo("web:7f1c");
    assertThat(event.getString("tenantid")).isEqualTo("shop-7.eu");
    assertThat(event.getString("traceparent"))
        .isEqualTo("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    assertThat(event.getString("tracestate")).isEqualTo("rojo=00f067aa0ba902b7,congo=t61rcWkgMzE");
  }

  /** If the request has no correlation id, its own id is used for both. */
  @ForEachExposedAggregate
  void causationId_isRequestId(AggregateModule<?, ?, ?> module) {
    Response created = api(module).create(Api.key());

    assertThat(event(api(module), created).getString("causationid"))
        .isEqualTo(created.header("X-Correlation-Id"));
  }

  @ForEachExposedAggregate
  void invalidTraceparent_isIgnored_andNewTraceStarted(AggregateModule<?, ?, ?> module) {
    String none = "00-00000000000000000000000000000000-b7ad6b7169203331-01";
    Response created = api(module).create(Api.key(), "traceparent", none, "tracestate", "rojo=1");

    JsonObject event = event(api(module), created);

    assertThat(event.getString("traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-00");
    assertThat(event).doesNotContainKey("tracestate");
  }

  @ForEachExposedAggregate
  void invalidTenantId_isRejected(AggregateModule<?, ?, ?> module) {
    for (String bad : List.of("a b", "anna@example.com", "x".repeat(65))) {
      Response rejected =
          api(module).create(Api.key(), "X-Tenant-Id", bad, "X-Correlation-Id", "why");
      Problems.assertParameter(rejected, "X-Tenant-Id");
      assertThat(rejected.header("X-Correlation-Id")).isEqualTo("why");
    }
  }

  @ForEachExposedAggregate
  void correlationId_isRequestId_whenHeaderIsMissing(AggregateModule<?, ?, ?> module) {
    CommandOperation<?> creation = new AggregateExamples<>(module).creation();
    Response rejected = api(module).sendBody(creation, "", Api.key(), "no JSON");

    assertThat(rejected.json().getString("instance"))
        .isEqualTo("urn:request:" + rejected.header("X-Correlation-Id"));
  }

  @ForEachExposedAggregate
  void invalidCorrelationId_isRejected(AggregateModule<?, ?, ?> module) {
    for (String bad : List.of("a b", "anna@example.com", "x".repeat(129))) {
      Response rejected = api(module).create(Api.key(), "X-Correlation-Id", bad);
      Problems.assertParameter(rejected, "X-Correlation-Id");
      assertThat(rejected.header("X-Correlation-Id")).isNotEmpty().isNotEqualTo(bad);
    }
  }
}
