package io.streamkeep.functions.command;

import io.streamkeep.aws.http.CommandOutcome;
import io.streamkeep.aws.http.ETag;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.IdempotencyKey;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.json.Decoded;
import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderCommand;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderRequests;
import io.streamkeep.domain.order.OrderView;
import io.streamkeep.kernel.CommandHandler;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Outcome;
import io.streamkeep.kernel.Request;
import io.streamkeep.kernel.StreamId;
import jakarta.json.JsonObject;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;

/** The commands of an order as resources. */
final class OrderCommands {

  private final CommandHandler<OrderCommand, OrderEvent, Order> handler;
  private final InstantSource clock;

  OrderCommands(CommandHandler<OrderCommand, OrderEvent, Order> handler, InstantSource clock) {
    this.handler = handler;
    this.clock = clock;
  }

  HttpResponse handle(HttpRequest request, LogLine line) {
    return switch (request.method() + " " + request.resource()) {
      case "POST /orders" -> place(request, line);
      case "PUT /orders/{id}/lines" -> change(request, line, OrderRequests::changeLines);
      case "POST /orders/{id}/confirmation" -> change(request, line, OrderRequests::confirm);
      case "POST /orders/{id}/completion" -> change(request, line, OrderRequests::complete);
      case "POST /orders/{id}/cancellation" -> change(request, line, OrderRequests::cancel);
      case "POST /orders/{id}/returns" -> change(request, line, OrderRequests::takeBack);
      default -> throw new IllegalArgumentException("Not a route of this function");
    };
  }

  private HttpResponse place(HttpRequest request, LogLine line) {
    CommandId id = IdempotencyKey.of(request);
    StreamId stream = StreamId.createdBy(id, Order.CATEGORY);
    line.stream(stream);
    HttpResponse answer =
        handle(
            request,
            line,
            id,
            stream,
            body -> OrderRequests.place(body, clock.instant().truncatedTo(ChronoUnit.MILLIS)),
            201);
    return answer.with("Location", request.path() + "/" + stream.key());
  }

  private HttpResponse change(
      HttpRequest request,
      LogLine line,
      Function<Decoded<JsonObject>, Decoded<OrderCommand>> command) {
    StreamId stream = Order.stream(request.pathParameter("id")).orElseThrow(OrderProblems::unknown);
    line.stream(stream);
    return handle(request, line, IdempotencyKey.of(request), stream, command, 200);
  }

  private HttpResponse handle(
      HttpRequest request,
      LogLine line,
      CommandId id,
      StreamId stream,
      Function<Decoded<JsonObject>, Decoded<OrderCommand>> command,
      int status) {
    Decoded<JsonObject> body = RequestBody.read(request);
    Outcome<Order> outcome =
        handler.handle(
            stream,
            new Request<>(
                id,
                Fingerprint.of(
                    request.method() + " " + request.resource(),
                    request.body().asByteArrayUnsafe()),
                ETag.ifMatch(request),
                request.deadline(),
                request.metadata(),
                OrderProblems.orBadInput(command.apply(body))),
            CommandOutcome.incidents(line));
    Outcome.Done<Order> done = CommandOutcome.done(outcome, line);
    return HttpResponse.json(status, OrderView.write(stream.key(), done.state()).toString())
        .with("ETag", ETag.of(done.commit()));
  }
}
