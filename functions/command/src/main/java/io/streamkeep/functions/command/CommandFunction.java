package io.streamkeep.functions.command;

import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.http.Routes;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.store.EventStore;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Wires the command function. Setting: {@code EVENTS_TABLE}. */
public final class CommandFunction extends ApiHandler {

  /** The cached size in stored bytes; in memory it is several times larger. */
  private static final long CACHE_BYTES = 4L * 1024 * 1024;

  public CommandFunction() {
    this(InstantSource.system());
  }

  private CommandFunction(InstantSource clock) {
    super(routes(new DynamoStores(Clients.of(DynamoDbClient.builder())).events(), clock), clock);
    Priming.register(clock, () -> prime(clock));
  }

  private static Routes routes(EventStore events, InstantSource clock) {
    return CommandEndpoint.routes(
        Registry.aggregates(),
        new OptimisticCommandExecutor(
            events, clock, Sleeper.real(SecureRandom::new), Clients.CALL_TIME, CACHE_BYTES),
        clock);
  }

  /** Places an order without appending it. */
  private static void prime(InstantSource clock) {
    try (DynamoDbClient client = Clients.forPriming(DynamoDbClient.builder())) {
      Priming.request(
          clock,
          routes(new PrimingEventStore(new DynamoStores(client).events()), clock),
          "POST /orders",
          "",
          Map.of(),
          """
          {"customer": "priming", "currency": "GBP",
           "lines": [{"sku": "priming", "description": "", "quantity": 1, "unitPrice": 1}]}\
          """);
    }
  }
}
