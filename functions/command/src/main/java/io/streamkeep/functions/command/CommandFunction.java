package io.streamkeep.functions.command;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.order.OrderDecider;
import io.streamkeep.domain.order.OrderFormat;
import io.streamkeep.kernel.Backoff;
import io.streamkeep.kernel.CommandHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

/** The command function's wiring. Settings: {@code EVENTS_TABLE}. */
public final class CommandFunction extends ApiHandler {

  /** About as long as another writer's load and append take. */
  private static final Duration BACKOFF_STEP = Duration.ofMillis(20);

  private final OrderCommands orders =
      new OrderCommands(
          new CommandHandler<>(
              new DynamoEventStore(Clients.dynamoDb(), Environment.required("EVENTS_TABLE")),
              new OrderDecider(),
              new OrderFormat(),
              InstantSource.system(),
              Backoff.jittered(BACKOFF_STEP, ThreadLocalRandom.current())),
          InstantSource.system());

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return orders.handle(request, line);
  }
}
