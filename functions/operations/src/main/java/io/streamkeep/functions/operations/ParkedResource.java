package io.streamkeep.functions.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.functions.operations.ParkedQuery.PageEnd;
import io.streamkeep.kernel.metadata.Timestamp;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.net.URLEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists parked positions. */
record ParkedResource(ParkedQuery parked) {

  static final Set<String> PARAMETERS = Set.of("subscriber", "stream", "after", "limit");

  HttpResponse list(HttpRequest request) {
    int limit = QueryParameters.limit(request);
    Selection selection = selection(request);
    List<Parked> found = parked.page(selection, after(request, selection), limit + 1);
    List<Parked> page = found.subList(0, Math.min(limit, found.size()));
    HttpResponse response = HttpResponse.json(200, write(page).build().toString());
    return found.size() > limit
        ? response.with("Link", next(request, page.getLast(), limit))
        : response;
  }

  static JsonObjectBuilder write(List<Parked> page) {
    JsonArrayBuilder array = Json.array();
    for (Parked parked : page) {
      JsonObjectBuilder json =
          Json.object(Json.read(ParkedPositionJson.write(parked.position())))
              .add("reason", parked.reason())
              .add("parkedAt", Timestamp.format(parked.first()))
              .add("triedAt", Timestamp.format(parked.last()))
              .add("tries", parked.attempts());
      Instant sent = parked.sent();
      if (sent != null) {
        json.add("sentAt", Timestamp.format(sent));
      }
      array.add(json);
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

  /** The end of the previous page, which is a position that the selection can have. */
  private @Nullable PageEnd after(HttpRequest request, Selection selection) {
    return request
        .query("after")
        .map(
            text ->
                pageEnd(text)
                    .filter(end -> selection.has(end.subscriber(), end.stream()))
                    .orElseThrow(
                        () ->
                            Problem.badParameter(
                                    "after", "must be from the Link of a page of this selection")
                                .exception()))
        .orElse(null);
  }

  /** Reads {@code subscriber/stream}, the form in which {@link #next} writes it. */
  private Optional<PageEnd> pageEnd(String text) {
    String[] parts = text.split("/", 2);
    return parts.length == 2
            && parked.subscribers().contains(parts[0])
            && DynamoTable.fitsSortKey(parts[1])
        ? stream(parts[1]).map(stream -> new PageEnd(parts[0], stream))
        : Optional.empty();
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
        subscriber, request.query("stream").map(ParkedResource::selected).orElse(null));
  }

  private static StreamId selected(String text) {
    return stream(text)
        .filter(stream -> DynamoTable.fitsPartitionKey(text))
        .map(ParkedResource::asCreated)
        .orElseThrow(
            () ->
                Problem.badParameter("stream", "must be category#key, at most 2048 bytes")
                    .exception());
  }

  /**
   * The stream that the API created if its id was given in another case, as an API path takes it.
   */
  private static StreamId asCreated(StreamId stream) {
    return Registry.aggregates().stream()
        .filter(aggregate -> aggregate.category().equals(stream.category()))
        .findFirst()
        .flatMap(aggregate -> aggregate.stream(stream.key()))
        .orElse(stream);
  }

  private static Optional<StreamId> stream(String text) {
    try {
      return Optional.of(StreamId.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
