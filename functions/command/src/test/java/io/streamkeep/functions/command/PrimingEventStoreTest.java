package io.streamkeep.functions.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.http.Routes;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.function.ApiRequest;
import io.streamkeep.testkit.function.FakeContext;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PrimingEventStoreTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

  @Test
  void commandSucceedsRepeatedlyAndNothingIsAppended() {
    FakeClock clock = new FakeClock(NOW);
    InMemoryEventStore events = new InMemoryEventStore();
    Routes routes =
        CommandEndpoint.routes(
            Registry.aggregates(),
            new OptimisticCommandExecutor(
                new PrimingEventStore(events), clock, clock, Duration.ofSeconds(5), 0),
            clock);
    ApiRequest request =
        ApiRequest.of("POST /orders")
            .header("Idempotency-Key", "priming")
            .body(
                """
                {"customer": "priming", "currency": "GBP",
                 "lines": [{"sku": "priming", "description": "", "quantity": 1, "unitPrice": 1}]}\
                """);

    for (int i = 0; i < 2; i++) {
      HttpResponse response =
          routes.handle(request.at(NOW), FakeContext.line(LogEvent.REQUEST, clock));
      assertThat(response.status()).isEqualTo(201);
    }

    StreamId stream = StreamId.createdBy(new CommandId("priming"), "order");
    assertThat(events.load(stream).commits()).isEmpty();
  }
}
