package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.aws.json.Json;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.QueryOperation;
import io.streamkeep.domain.module.QueryOperation.GetEvents;
import io.streamkeep.domain.module.QueryOperation.GetRow;
import io.streamkeep.domain.module.QueryOperation.ListDailyTotals;
import io.streamkeep.domain.module.QueryOperation.ListRows;
import io.streamkeep.e2e.support.AggregateApi;
import io.streamkeep.e2e.support.AggregateExamples;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.ForEachExposedAggregate;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.e2e.support.Schemas;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.Commit;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Queries of every aggregate: they return the fold of its streams. */
public abstract class AggregateQueriesSuite {

  private static final String NO_STREAM = "00000000-0000-8000-8000-000000000000";
  private static final List<String> LIMITS =
      List.of("limit=0", "limit=101", "limit=x", "limit=1&limit=2");
  private static final List<String> CURSORS = List.of("cursor=%2B", "cursor=");

  private final Backend backend;
  private final Api api;
  private final ViewsCheck check;

  protected AggregateQueriesSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
    this.check = new ViewsCheck(backend);
  }

  @ForEachExposedAggregate
  void queries_returnFoldOfStream(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    String id = aggregate.createAndRunAll();
    check.awaitViewsOf(Set.of(id));
    List<Commit> commits = aggregate.commits(id);
    for (QueryOperation query : module.queries()) {
      Response answer =
          switch (query) {
            case GetRow get -> row(get, module, id, commits);
            case GetEvents get -> api.get(AggregateApi.path(get.route(), id));
            case ListRows list -> rows(list, module, commits);
            case ListDailyTotals list -> totals(list, module, commits);
          };
      Schemas.assertValid(AggregateExamples.document(query.operationId()).answer(200), answer);
    }
  }

  private Response row(
      GetRow get, AggregateModule<?, ?, ?> module, String id, List<Commit> commits) {
    Projection<?, ?> projection =
        module.projections().stream()
            .<Projection<?, ?>>map(view -> view)
            .filter(view -> view.name().equals(get.view().name()))
            .findFirst()
            .orElseThrow(() -> new AssertionError(module.category() + " has no view for " + get));
    Response answer = api.get(AggregateApi.path(get.route(), id));
    assertThat(answer.header("ETag")).isEqualTo("\"" + commits.getLast().number() + "\"");
    assertThat(answer.text()).isEqualTo(ViewState.fold(projection, commits).data());
    return answer;
  }

  private Response rows(ListRows list, AggregateModule<?, ?, ?> module, List<Commit> commits) {
    for (Projection<?, ?> projection : module.projections()) {
      Row row = ViewState.fold(projection, commits);
      Optional<String> id = listed(list, row);
      if (id.isPresent()) {
        String path = AggregateApi.path(list.route(), id.get());
        assertThat(api.items(path + "?limit=100", list.member()))
            .containsOnlyOnce(Json.read(row.data()));
        assertThat(api.get(AggregateApi.path(list.route(), id.get() + "x")).text())
            .isEqualTo("{\"" + list.member() + "\":[]}");
        return api.get(path);
      }
    }
    throw new AssertionError(list.operationId() + " does not list the example");
  }

  /** The list's id, such as a customer's: the text in the row that names the row's list. */
  private static Optional<String> listed(ListRows list, Row row) {
    return Optional.ofNullable(row.listKey())
        .flatMap(
            key ->
                Json.read(row.data()).values().stream()
                    .filter(JsonString.class::isInstance)
                    .map(text -> ((JsonString) text).getString())
                    .filter(text -> list.list().apply(text).filter(key.list()::equals).isPresent())
                    .findFirst());
  }

  /** The expected total is that of all streams, since other tests may sell on the same day. */
  private Response totals(
      ListDailyTotals list, AggregateModule<?, ?, ?> module, List<Commit> commits) {
    String sortKey =
        module.projections().stream()
            .flatMap(view -> view.totals(ViewState.fold(view, commits)).stream())
            .filter(total -> total.group().equals(list.group()))
            .map(AggregateTotal::sortKey)
            .findFirst()
            .orElseThrow(() -> new AssertionError(list.operationId() + " lacks the example"));
    String day = sortKey.substring(0, "2026-01-01".length());
    String path = AggregateApi.path(list.route(), "") + "?from=" + day + "&to=" + day;
    await()
        .untilAsserted(
            () -> {
              TotalRow total =
                  new TotalRow(
                      sortKey,
                      check.expectedTotals().getOrDefault(list.group() + " " + sortKey, Map.of()));
              assertThat(list.shown().test(total)).as("%s", total).isTrue();
              assertThat(api.items(path, list.member())).containsOnlyOnce(list.line().apply(total));
            });
    return api.get(path);
  }

  @ForEachExposedAggregate
  void history_returnsAppendedCommits_inPages(AggregateModule<?, ?, ?> module) {
    AggregateApi aggregate = new AggregateApi(module, backend);
    String id = aggregate.createAndRunAll();
    List<Commit> commits = aggregate.commits(id);
    for (QueryOperation query : module.queries()) {
      if (query instanceof GetEvents) {
        String path = AggregateApi.path(query.route(), id);
        Response history = api.get(path);
        assertThat(history.header("Content-Type")).isEqualTo(CloudEvents.BATCH);
        assertThat(history.array()).isEqualTo(CloudEvents.batch(commits));
        String next = path + "?limit=1";
        for (Commit commit : commits) {
          Response page = api.get(next);
          assertThat(page.array()).isEqualTo(CloudEvents.batch(List.of(commit)));
          next = path + "?after=" + commit.number() + "&limit=1";
          assertThat(page.header("Link"))
              .isEqualTo(
                  commit.equals(commits.getLast()) ? "" : "<" + api.path(next) + ">; rel=\"next\"");
        }
      }
    }
  }

  @ForEachExposedAggregate
  void invalidPage_isRejectedWithItsParameter(AggregateModule<?, ?, ?> module) {
    for (QueryOperation query : module.queries()) {
      String path = AggregateApi.path(query.route(), NO_STREAM) + "?";
      switch (query) {
        case GetRow get -> {}
        case GetEvents get -> {
          assertInvalid(path, LIMITS);
          assertInvalid(path, List.of("after=-1", "after=x"));
        }
        case ListRows list -> {
          assertInvalid(path, LIMITS);
          assertInvalid(path, CURSORS);
        }
        case ListDailyTotals list -> {
          assertInvalid(path + "from=2026-01-01&to=2026-01-02&", LIMITS);
          assertInvalid(path + "from=2026-01-01&to=2026-01-02&", CURSORS);
        }
      }
    }
  }

  private void assertInvalid(String path, List<String> parameters) {
    for (String parameter : parameters) {
      Problems.assertParameter(
          api.get(path + parameter), parameter.substring(0, parameter.indexOf('=')));
    }
  }
}
