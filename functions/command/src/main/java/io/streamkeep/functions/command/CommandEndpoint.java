package io.streamkeep.functions.command;

import io.streamkeep.aws.http.ETag;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.IdempotencyKey;
import io.streamkeep.aws.http.OutcomeResponses;
import io.streamkeep.aws.http.Problem;
import io.streamkeep.aws.http.Problem.InputError;
import io.streamkeep.aws.http.ProblemException;
import io.streamkeep.aws.http.Routes;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.json.FieldError;
import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.ReadResult;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandExecutor;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;

/** Executes the commands of one aggregate. */
final class CommandEndpoint<C, E, S> {

  private final AggregateModule<C, E, S> module;
  private final CommandHandler<C, E, S> handler;
  private final InstantSource clock;

  CommandEndpoint(AggregateModule<C, E, S> module, CommandExecutor executor, InstantSource clock) {
    this.module = module;
    this.handler = new CommandHandler<>(executor, module.decider(), module.aggregate());
    this.clock = clock;
  }

  /** The routes of all commands of these aggregates. */
  static Routes routes(
      List<AggregateModule<?, ?, ?>> aggregates, CommandExecutor executor, InstantSource clock) {
    Routes routes = new Routes();
    aggregates.forEach(module -> new CommandEndpoint<>(module, executor, clock).addTo(routes));
    return routes;
  }

  private void addTo(Routes routes) {
    for (CommandOperation<C> operation : module.commands()) {
      routes.add(operation.route(), Set.of(), (request, line) -> handle(operation, request, line));
    }
  }

  private HttpResponse handle(CommandOperation<C> operation, HttpRequest request, LogLine line) {
    CommandId id;
    StreamId stream;
    if (operation.creates()) {
      id = IdempotencyKey.of(request);
      stream = StreamId.createdBy(id, module.category());
    } else {
      stream = module.stream(request.pathParameter("id")).orElseThrow(this::unknown);
      id = IdempotencyKey.of(request);
    }
    line.stream(stream);
    Outcome.Completed<S> completed =
        OutcomeResponses.completed(
            handler.handle(
                stream, envelope(operation, id, request), OutcomeResponses.attemptEvents(line)),
            line);
    String body = module.answer().apply(stream.key(), completed.state()).toString();
    HttpResponse response =
        HttpResponse.json(operation.creates() ? 201 : 200, body)
            .with("ETag", ETag.of(completed.commit()));
    return operation.creates()
        ? response.with("Location", request.path() + "/" + stream.key())
        : response;
  }

  private CommandEnvelope<C> envelope(
      CommandOperation<C> operation, CommandId id, HttpRequest request) {
    ReadResult<JsonObject> body = RequestBody.read(request);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    C command = orBadInput(ObjectReader.<C>read(body, json -> operation.reader().read(json, now)));
    return new CommandEnvelope<>(
        id,
        Fingerprint.of(
            request.method() + " " + request.resource(), request.body().asByteArrayUnsafe()),
        ETag.precondition(request),
        request.deadline(),
        request.metadata(),
        command);
  }

  private static <T> T orBadInput(ReadResult<T> result) {
    return switch (result) {
      case ReadResult.Valid<T>(T value) -> value;
      case ReadResult.Invalid<T>(List<FieldError> errors) ->
          throw Problem.badInput(
                  errors.stream()
                      .<InputError>map(error -> new InputError.At(error.pointer(), error.detail()))
                      .toList())
              .exception();
    };
  }

  private ProblemException unknown() {
    String category = module.category();
    return Problem.of(404, category + "-unknown", "Rejected", "There is no such " + category + ".")
        .exception();
  }
}
