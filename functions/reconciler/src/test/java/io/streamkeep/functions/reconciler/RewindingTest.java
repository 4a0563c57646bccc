package io.streamkeep.functions.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.reconcile.CursorAudit;
import io.streamkeep.kernel.reconcile.CursorScanner.Page;
import io.streamkeep.kernel.reconcile.CursorScanner.ScannedCursor;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Subscriber;
import io.streamkeep.testkit.function.FakeContext;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class RewindingTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final String VIEW = "order";
  private static final StreamId FIRST = new StreamId("order", "o-1");
  private static final StreamId SECOND = new StreamId("order", "o-2");

  private final FakeClock clock = new FakeClock(NOW);
  private final InMemoryViewStore rows = new InMemoryViewStore();
  private final List<ParkedPosition> sent = new ArrayList<>();

  private Page page(@Nullable String position) {
    clock.advance(Duration.ofSeconds(8).toNanos());
    StreamId stream = position == null ? FIRST : SECOND;
    return new Page(
        List.of(new ScannedCursor(VIEW, stream, rows.find(VIEW, stream))),
        position == null ? "second" : null);
  }

  private JsonObject run(String event) {
    InMemoryEventStore events = new InMemoryEventStore();
    List<Subscriber> subscribers =
        Registry.projections().stream()
            .<Subscriber>map(each -> new ViewProjector<>(each, rows, events))
            .toList();
    return new Rewinding(
            new CursorAudit(this::page, events, subscribers, clock),
            new LoggingDispatcher(subscribers, sent::add, clock))
        .run(
            Json.read(event),
            clock.instant().plusSeconds(20),
            FakeContext.line(LogEvent.RECONCILIATION, clock));
  }

  private void put(StreamId stream, String data) {
    rows.put(VIEW, stream, ViewStore.MISSING, new Row(data, null, Set.of()), 1, List.of());
  }

  @Test
  void rowThatCantBeUndoneIsParkedAndTheOthersContinue() {
    put(FIRST, "garbage");

    assertThat(run("{\"rewind\":true}")).isEqualTo(Json.read("{\"cursors\":2,\"wrong\":1}"));

    assertThat(sent).extracting(ParkedPosition::stream).containsExactly(FIRST);
    assertThat(rows.find(VIEW, FIRST).parked()).isTrue();
  }

  @Test
  void rewindingContinuesAfterAPosition() {
    clock.advance(Duration.ofSeconds(1).toNanos());

    assertThat(run("{\"rewind\":true,\"after\":\"second\"}"))
        .isEqualTo(Json.read("{\"cursors\":1,\"wrong\":0}"));
  }
}
