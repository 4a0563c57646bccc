package io.streamkeep.functions.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.functions.operations.ParkedQuery.PageEnd;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists parked positions. Parameters: {@code subscriber}, {@code stream}, {@code limit}. */
record ParkedResource(ParkedQuery parked) {

  HttpResponse list(HttpRequest request) {
    int limit = QueryParameters.limit(request);
    List<Parked> found = parked.page(selection(request), after(request), limit + 1);
    List<Parked> page = found.subList(0, Math.min(limit, found.size()));
    HttpResponse response = HttpResponse.json(200, write(page).build().toString());
    return found.size() > limit
        ? response.with("Link", next(request, page.getLast(), limit))
        : response;
  }

  static JsonObjectBuilder write(List<Parked> page) {
    JsonArrayBuilder array = Json.array();
    for (Parked parked : page) {
      array.add(
          Json.object(Json.read(ParkedPositionJson.write(parked.position())))
              .add("reason", parked.reason())
              .add("parkedAt", parked.first().toString())
              .add("triedAt", parked.last().toString())
              .add("tries", parked.attempts()));
    }
    return Json.object().add("parked", array);
  }

  private static String next(HttpRequest request, Parked last, int limit) {
    StringBuilder link = new StringBuilder("<" + request.path() + "?limit=" + limit);
    for (String filter : List.of("subscriber", "stream")) {
      request.query(filter).ifPresent(value -> link.append(parameter(filter, value)));
    }
    PageEnd end = PageEnd.of(last);
    return link.append(parameter("after", end.subscriber() + "/" + end.stream()))
        .append(">; rel=\"next\"")
        .toString();
  }

  private static String parameter(String name, String value) {
    return "&" + name + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static @Nullable PageEnd after(HttpRequest request) {
    Optional<String> after = request.query("after");
    if (after.isEmpty()) {
      return null;
    }
    int slash = after.get().indexOf('/');
    if (slash < 0) {
      throw Problem.badParameter("after", "must be the previous page's next").exception();
    }
    return new PageEnd(
        after.get().substring(0, slash), stream("after", after.get().substring(slash + 1)));
  }

  /** The selection of a request's parameters. */
  Selection selection(HttpRequest request) {
    String subscriber = request.query("subscriber").orElse(null);
    if (subscriber != null && !parked.subscribers().contains(subscriber)) {
      throw Problem.badParameter(
              "subscriber", "must be one of " + String.join(", ", parked.subscribers()))
          .exception();
    }
    return new Selection(
        subscriber, request.query("stream").map(text -> stream("stream", text)).orElse(null));
  }

  private static StreamId stream(String parameter, String text) {
    try {
      return StreamId.parse(text);
    } catch (IllegalArgumentException e) {
      throw Problem.badParameter(parameter, "must be a stream's name, category#key").exception();
    }
  }
}
