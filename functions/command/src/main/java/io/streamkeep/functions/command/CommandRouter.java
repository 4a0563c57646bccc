package io.streamkeep.functions.command;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.kernel.command.CommandExecutor;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/** Routes requests to the commands of the registered aggregates. */
final class CommandRouter {

  private final Map<String, BiFunction<HttpRequest, LogLine, HttpResponse>> routes =
      new HashMap<>();

  CommandRouter(
      List<AggregateModule<?, ?, ?>> aggregates, CommandExecutor executor, InstantSource clock) {
    aggregates.forEach(aggregate -> add(aggregate, executor, clock));
  }

  private <C, E, S> void add(
      AggregateModule<C, E, S> aggregate, CommandExecutor executor, InstantSource clock) {
    CommandEndpoint<C, E, S> endpoint = new CommandEndpoint<>(aggregate, executor, clock);
    for (CommandOperation<C> operation : aggregate.commands()) {
      routes.put(operation.route(), (request, line) -> endpoint.handle(operation, request, line));
    }
  }

  HttpResponse handle(HttpRequest request, LogLine line) {
    BiFunction<HttpRequest, LogLine, HttpResponse> route =
        routes.get(request.method() + " " + request.resource());
    if (route == null) {
      throw new IllegalArgumentException("Not a route of this function");
    }
    return route.apply(request, line);
  }
}
