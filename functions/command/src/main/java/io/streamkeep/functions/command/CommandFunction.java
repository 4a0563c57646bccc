package io.streamkeep.functions.command;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.domain.order.OrderDecider;
import io.streamkeep.domain.order.OrderFormat;
import io.streamkeep.kernel.Backoff;
import io.streamkeep.kernel.CommandHandler;
import io.streamkeep.kernel.EventStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The command function's wiring. Settings: {@code EVENTS_TABLE}. */
public final class CommandFunction extends ApiHandler {

  /** About as long as another writer's load and append take. */
  private static final Duration BACKOFF_STEP = Duration.ofMillis(20);

  private final OrderCommands orders = orders(events(Clients.of(DynamoDbClient.builder())), clock);

  public CommandFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private static EventStore events(DynamoDbClient client) {
    return new DynamoEventStore(client, Environment.required("EVENTS_TABLE"));
  }

  private static OrderCommands orders(EventStore events, InstantSource clock) {
    return new OrderCommands(
        new CommandHandler<>(
            events,
            new OrderDecider(),
            new OrderFormat(),
            clock,
            Backoff.jittered(BACKOFF_STEP, SecureRandom::new)),
        clock);
  }

  /** Places an order, but for the append. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient client = Clients.forPriming(DynamoDbClient.builder())) {
      Priming.request(
          clock,
          "POST",
          "/orders",
          "",
          """
          {"customer": "priming", "currency": "GBP",
           "lines": [{"sku": "priming", "description": "", "quantity": 1, "unitPrice": 1}]}""",
          orders(new Rehearsal(events(client)), clock)::handle);
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return orders.handle(request, line);
  }
}
