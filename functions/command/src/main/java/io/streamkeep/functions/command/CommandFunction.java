package io.streamkeep.functions.command;

import io.streamkeep.aws.http.ApiHandler;
import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Priming;
import io.streamkeep.aws.log.LogLine;
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

  /** Size as stored; in memory it is several times larger. */
  private static final long CACHE_BYTES = 4L * 1024 * 1024;

  private final CommandRouter router =
      router(new DynamoStores(Clients.of(DynamoDbClient.builder())).events(), clock);

  public CommandFunction() {
    super(InstantSource.system());
    Priming.register(clock, () -> prime(clock));
  }

  private static CommandRouter router(EventStore events, InstantSource clock) {
    return new CommandRouter(
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
          "POST",
          "/orders",
          "",
          Map.of(),
          """
          {"customer": "priming", "currency": "GBP",
           "lines": [{"sku": "priming", "description": "", "quantity": 1, "unitPrice": 1}]}\
          """,
          router(new PrimingEventStore(new DynamoStores(client).events()), clock)::handle);
    }
  }

  @Override
  protected HttpResponse handle(HttpRequest request, LogLine line) {
    return router.handle(request, line);
  }
}
