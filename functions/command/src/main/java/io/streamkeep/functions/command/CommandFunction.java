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
import io.streamkeep.domain.order.OrderStateFormat;
import io.streamkeep.kernel.Aggregate;
import io.streamkeep.kernel.CommandHandler;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.Pause;
import io.streamkeep.kernel.Transactor;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The command function's wiring. Settings: {@code EVENTS_TABLE}. */
public final class CommandFunction extends ApiHandler {

  /** In memory it is several times more: objects, and what was stored compressed. */
  private static final long WARM_BYTES = 4L * 1024 * 1024;

  private final OrderCommands orders = orders(events(Clients.of(DynamoDbClient.builder())), clock);

  public CommandFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private static EventStore events(DynamoDbClient client) {
    return new DynamoEventStore(client, Environment.required("EVENTS_TABLE"));
  }

  private static OrderCommands orders(EventStore events, InstantSource clock) {
    OrderDecider decider = new OrderDecider();
    return new OrderCommands(
        new CommandHandler<>(
            new Transactor(
                events, clock, Pause.real(SecureRandom::new), Clients.CALL_TIME, WARM_BYTES),
            decider,
            new Aggregate<>(decider, new OrderFormat(), new OrderStateFormat())),
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
          Map.of(),
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
