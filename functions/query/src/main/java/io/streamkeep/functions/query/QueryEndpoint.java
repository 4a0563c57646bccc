package io.streamkeep.functions.query;

import io.streamkeep.aws.http.ETag;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.http.ResponsePage;
import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.QueryOperation;
import io.streamkeep.domain.module.QueryOperation.GetEvents;
import io.streamkeep.domain.module.QueryOperation.GetRow;
import io.streamkeep.domain.module.QueryOperation.ListDailyTotals;
import io.streamkeep.domain.module.QueryOperation.ListRows;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewReader.Listed;
import io.streamkeep.kernel.projection.ViewReader.Page;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.CommitPage;
import io.streamkeep.kernel.store.StreamId;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Answers the queries of one aggregate. */
record QueryEndpoint(
    AggregateModule<?, ?, ?> module, ViewStore views, ViewReader reader, EventStore events) {

  HttpResponse handle(QueryOperation operation, HttpRequest request, LogLine line) {
    return switch (operation) {
      case GetRow get -> row(get, request, line);
      case GetEvents get -> events(request, line);
      case ListRows list -> rows(list, request, line);
      case ListDailyTotals list -> DailyTotals.handle(list, reader, request, line);
    };
  }

  private HttpResponse row(GetRow get, HttpRequest request, LogLine line) {
    StoredRow row = views.find(get.view().name(), stream(request, line));
    String data = readable(get.view(), row, line);
    if (data == null) {
      throw unknown("There is no such %s, or it is too new for the view.");
    }
    line.number("commit", row.commit());
    return ETag.respond(request, row.commit(), () -> HttpResponse.json(200, data));
  }

  /** The row's JSON object, which the view can read. Reading is pure: any exception is damage. */
  private @Nullable String readable(View<?, ?> view, StoredRow row, LogLine line) {
    try {
      String data = row.data();
      if (data != null) {
        view.codec().decode(data);
      }
      return data;
    } catch (RuntimeException e) {
      line.failure(e).count(Metric.UNREADABLE, 1);
      throw Problem.unavailable(
              "row-unreadable",
              "The view's row of this %s is damaged and needs repair; its history is not affected."
                  .formatted(module.category()))
          .exception();
    }
  }

  private HttpResponse rows(ListRows list, HttpRequest request, LogLine line) {
    String id = request.pathParameter("id");
    String name =
        list.list()
            .apply(id)
            .orElseThrow(() -> Problem.badParameter("id", list.expected()).exception());
    PageToken cursor = new PageToken(list.operationId() + " " + id);
    Page<JsonObject> page =
        reader.list(
            name,
            data -> read(list.view(), data),
            cursor.of(request),
            QueryParameters.limit(request));
    return page(list.member(), page, cursor, line);
  }

  private static JsonObject read(View<?, ?> view, String data) {
    view.codec().decode(data);
    return Json.read(data);
  }

  /** A page of what can be read, with the names of what can't. */
  static HttpResponse page(String member, Page<JsonObject> page, PageToken cursor, LogLine line) {
    ResponsePage<Listed<JsonObject>> fitting =
        ResponsePage.of(page.items(), item -> Json.array(Stream.ofNullable(item.value()).toList()));
    JsonObjectBuilder answer = Json.object().add(member, fitting.json());
    List<String> unreadable =
        fitting.items().stream().filter(item -> item.value() == null).map(Listed::name).toList();
    if (!unreadable.isEmpty()) {
      line.count(Metric.UNREADABLE, unreadable.size());
      answer.add("unreadable", Json.texts(unreadable));
    }
    if (fitting.cut() || page.more()) {
      answer.add("next", cursor.write(fitting.items().getLast().sortKey()));
    }
    return HttpResponse.json(200, answer.build().toString());
  }

  private HttpResponse events(HttpRequest request, LogLine line) {
    StreamId stream = stream(request, line);
    long after = QueryParameters.integer(request, "after", 0, 0, Long.MAX_VALUE);
    int limit = QueryParameters.limit(request);
    CommitPage page = events.read(stream, after, limit);
    if (page.commits().isEmpty() && events.headNumber(stream) == 0) {
      throw unknown("There is no such %s.");
    }
    ResponsePage<Commit> fitting =
        ResponsePage.of(page.commits(), commit -> CloudEvents.batch(List.of(commit)));
    HttpResponse response = HttpResponse.of(200, CloudEvents.BATCH, fitting.json().toString());
    return fitting.cut() || page.more()
        ? response.with("Link", next(request, fitting.items().getLast().number(), limit))
        : response;
  }

  private static String next(HttpRequest request, long after, int limit) {
    return "<" + request.path() + "?after=" + after + "&limit=" + limit + ">; rel=\"next\"";
  }

  private StreamId stream(HttpRequest request, LogLine line) {
    StreamId stream =
        module.stream(request.pathParameter("id"))
            .orElseThrow(() -> unknown("There is no such %s."));
    line.stream(stream);
    return stream;
  }

  /**
   * The problem for an aggregate that does not exist.
   *
   * @param detail has a placeholder for the category
   */
  private ProblemException unknown(String detail) {
    return Problem.of(
            404, module.category() + "-unknown", "Not found", detail.formatted(module.category()))
        .exception();
  }
}
