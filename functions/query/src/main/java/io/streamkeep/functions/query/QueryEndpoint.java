package io.streamkeep.functions.query;

import io.streamkeep.aws.http.ETag;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.json.CloudEvents;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.QueryOperation;
import io.streamkeep.domain.module.QueryOperation.GetEvents;
import io.streamkeep.domain.module.QueryOperation.GetRow;
import io.streamkeep.domain.module.QueryOperation.ListDailyTotals;
import io.streamkeep.domain.module.QueryOperation.ListRows;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewReader.Page;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.CommitPage;
import io.streamkeep.kernel.store.StreamId;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

/** Answers the queries of one aggregate. */
record QueryEndpoint(
    AggregateModule<?, ?, ?> module, ViewStore views, ViewReader reader, EventStore events) {

  HttpResponse handle(QueryOperation operation, HttpRequest request, LogLine line) {
    return switch (operation) {
      case GetRow get -> row(get, request, line);
      case GetEvents get -> events(request, line);
      case ListRows list -> rows(list, request);
      case ListDailyTotals list -> DailyTotals.handle(list, reader, request);
    };
  }

  private HttpResponse row(GetRow get, HttpRequest request, LogLine line) {
    StoredRow row = views.find(get.view().name(), stream(request, line));
    String data = row.data();
    if (data == null) {
      throw unknown();
    }
    line.number("commit", row.commit());
    return ETag.respond(request, row.commit(), () -> HttpResponse.json(200, data));
  }

  private HttpResponse rows(ListRows list, HttpRequest request) {
    String id = request.pathParameter("id");
    String name =
        list.list()
            .apply(id)
            .orElseThrow(() -> Problem.badParameter("id", list.expected()).exception());
    PageToken cursor = new PageToken(list.operationId() + " " + id);
    Page<String> page = reader.list(name, cursor.of(request), QueryParameters.limit(request));
    return page(
        list.member(),
        page.items().stream().map(Json::read).toList(),
        Optional.ofNullable(page.next()).map(cursor::write));
  }

  static HttpResponse page(String member, List<JsonObject> items, Optional<String> next) {
    JsonObjectBuilder answer = Json.object().add(member, Json.array(items));
    next.ifPresent(cursor -> answer.add("next", cursor));
    return HttpResponse.json(200, answer.build().toString());
  }

  private HttpResponse events(HttpRequest request, LogLine line) {
    StreamId stream = stream(request, line);
    long after = QueryParameters.integer(request, "after", 0, 0, Long.MAX_VALUE);
    int limit = QueryParameters.limit(request);
    CommitPage page = events.read(stream, after, limit);
    if (page.commits().isEmpty() && events.read(stream, 0, 1).commits().isEmpty()) {
      throw unknown();
    }
    HttpResponse response =
        HttpResponse.of(200, CloudEvents.BATCH, CloudEvents.batch(page.commits()).toString());
    return page.more()
        ? response.with("Link", next(request, page.commits().getLast().number(), limit))
        : response;
  }

  private static String next(HttpRequest request, long after, int limit) {
    return "<" + request.path() + "?after=" + after + "&limit=" + limit + ">; rel=\"next\"";
  }

  private StreamId stream(HttpRequest request, LogLine line) {
    StreamId stream = module.stream(request.pathParameter("id")).orElseThrow(this::unknown);
    line.stream(stream);
    return stream;
  }

  private ProblemException unknown() {
    return Problem.of(
            404,
            module.category() + "-unknown",
            "Not found",
            "There is no such %s, or it is too new for the view.".formatted(module.category()))
        .exception();
  }
}
