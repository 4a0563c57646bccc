package io.streamkeep.functions.operations;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.IdempotencyKey;
import io.streamkeep.aws.http.OutcomeResponses;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.aws.http.QueryParameters;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.json.ParkedPositionJson;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.operations.Redrive;
import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.domain.operations.RedriveCommand;
import io.streamkeep.domain.operations.RedriveEvent;
import io.streamkeep.functions.operations.ParkedQuery.Position;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.net.URLEncoder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is parked as a resource: it can be looked at, and be given another go. */
final class ParkedResource {

  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;

  private final ParkedQuery listing;
  private final Redriver redriver;
  private final CommandHandler<RedriveCommand, RedriveEvent, Redrive> redrives;

  ParkedResource(
      ParkedQuery listing,
      Redriver redriver,
      CommandHandler<RedriveCommand, RedriveEvent, Redrive> redrives) {
    this.listing = listing;
    this.redriver = redriver;
    this.redrives = redrives;
  }

  HttpResponse handle(HttpRequest request, LogLine line) {
    return switch (request.method() + " " + request.resource()) {
      case "GET /operations/parked" -> list(request);
      case "POST /operations/parked/redrive" -> redrive(request, line);
      default -> throw new IllegalArgumentException("Not a route of this function");
    };
  }

  private HttpResponse list(HttpRequest request) {
    int limit = (int) QueryParameters.integer(request, "limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
    Selection selection = selection(request);
    List<Parked> found = listing.page(selection, after(request), limit + 1);
    List<Parked> page = found.subList(0, Math.min(limit, found.size()));
    HttpResponse answer = HttpResponse.json(200, write(page).build().toString());
    return found.size() > limit
        ? answer.with("Link", next(request, page.getLast(), limit))
        : answer;
  }

  private static JsonObjectBuilder write(List<Parked> page) {
    JsonArrayBuilder array = Json.array();
    for (Parked parked : page) {
      array.add(
          Json.object(Json.read(ParkedPositionJson.write(parked.pointer())))
              .add("reason", parked.reason())
              .add("parkedAt", parked.first().toString())
              .add("triedAt", parked.last().toString())
              .add("tries", parked.tries()));
    }
    return Json.object().add("parked", array);
  }

  private static String next(HttpRequest request, Parked last, int limit) {
    StringBuilder link = new StringBuilder("<" + request.path() + "?limit=" + limit);
    for (String filter : List.of("subscriber", "stream")) {
      request.query(filter).ifPresent(value -> link.append(parameter(filter, value)));
    }
    Position position = Position.of(last);
    return link.append(parameter("after", position.subscriber() + "/" + position.stream()))
        .append(">; rel=\"next\"")
        .toString();
  }

  private static String parameter(String name, String value) {
    return "&" + name + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static @Nullable Position after(HttpRequest request) {
    Optional<String> after = request.query("after");
    if (after.isEmpty()) {
      return null;
    }
    int slash = after.get().indexOf('/');
    if (slash < 0) {
      throw bad("after", "must be what the page before gave as next");
    }
    return new Position(
        after.get().substring(0, slash), stream("after", after.get().substring(slash + 1)));
  }

  /** A repeat of a request that was done in part does it again, which is idempotent. */
  private HttpResponse redrive(HttpRequest request, LogLine line) {
    Selection selection = selection(request);
    boolean all = QueryParameters.flag(request, "all");
    if (all == (selection.subscriber() != null || selection.stream() != null)) {
      throw bad("all", "must be true, or else subscriber or stream be given");
    }
    if (QueryParameters.flag(request, "dry-run")) {
      return dryRun(selection);
    }
    CommandId id = IdempotencyKey.of(request);
    StreamId stream = StreamId.createdBy(id, Redrive.CATEGORY);
    line.stream(stream);
    command(request, line, stream, id, new RedriveCommand.Request(selection));
    Redrive now =
        command(request, line, stream, CommandId.of("look", id.value()), new RedriveCommand.Look());
    long pointers =
        now instanceof Redrive.Completed(Selection unused, long done)
            ? done
            : complete(request, line, stream, id, selection);
    return HttpResponse.json(
        200, Json.object().add("id", stream.key()).add("redriven", pointers).build().toString());
  }

  private HttpResponse dryRun(Selection selection) {
    List<Parked> would = listing.page(selection, null, MAX_LIMIT);
    return HttpResponse.json(200, write(would).add("dryRun", true).build().toString());
  }

  private long complete(
      HttpRequest request, LogLine line, StreamId stream, CommandId id, Selection selection) {
    long pointers = redriver.redrive(selection);
    Redrive done =
        command(
            request,
            line,
            stream,
            CommandId.of("completed", id.value()),
            new RedriveCommand.Complete(pointers));
    return done instanceof Redrive.Completed(Selection unused, long first) ? first : pointers;
  }

  private Redrive command(
      HttpRequest request, LogLine line, StreamId stream, CommandId id, RedriveCommand command) {
    String asked =
        command instanceof RedriveCommand.Request(Selection selection)
            ? selection.subscriber() + "\n" + selection.stream()
            : "";
    return OutcomeResponses.completed(
            redrives.handle(
                stream,
                new CommandEnvelope<>(
                    id,
                    Fingerprint.of("redrive", asked.getBytes(UTF_8)),
                    commit -> true,
                    request.deadline(),
                    request.metadata(),
                    command),
                OutcomeResponses.attemptEvents(line)),
            line)
        .state();
  }

  private Selection selection(HttpRequest request) {
    String subscriber = request.query("subscriber").orElse(null);
    if (subscriber != null && !listing.subscribers().contains(subscriber)) {
      throw bad("subscriber", "must be one of " + String.join(", ", listing.subscribers()));
    }
    return new Selection(
        subscriber, request.query("stream").map(text -> stream("stream", text)).orElse(null));
  }

  private static StreamId stream(String parameter, String text) {
    try {
      return StreamId.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad(parameter, "must be a stream's name, category#key");
    }
  }

  private static ProblemException bad(String parameter, String detail) {
    return Problem.badParameter(parameter, detail).exception();
  }
}
