package io.streamkeep.functions.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.order.Line;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderEventCodec;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.testkit.function.FakeContext;
import io.streamkeep.testkit.function.LambdaEvents;
import io.streamkeep.testkit.function.SampleCommits;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The views of all aggregates, from the stream's event to rows in memory. */
final class ProjectionFunctionTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final StreamId FIRST = new StreamId("order", "o-1");
  private static final StreamId SECOND = new StreamId("order", "o-2");
  private static final OrderEvent PLACED =
      new OrderEvent.Placed("c-1", null, "GBP", NOW, List.of(new Line("s", "", 2, 150)), 300);

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore views = new InMemoryViewStore();
  private final List<ParkedPosition> parked = new ArrayList<>();
  private final ProjectionFunction function =
      new ProjectionFunction(
          new SubscriberFactory(events, views), parked::add, InstantSource.fixed(NOW));

  private List<Commit> append(StreamId stream, OrderEvent... orderEvents) {
    OrderEventCodec codec = new OrderEventCodec();
    return SampleCommits.append(
        events, stream, NOW, Stream.of(orderEvents).map(codec::encode).toList());
  }

  private List<String> deliver(JsonObject event) {
    return FakeContext.invoke(function, event)
        .getJsonArray("batchItemFailures")
        .getValuesAs((JsonObject failure) -> failure.getString("itemIdentifier"));
  }

  private List<String> deliver(List<Commit> commits) {
    return deliver(LambdaEvents.stream(commits));
  }

  private long cursor(String view, StreamId stream) {
    return views.find(view, stream).commit();
  }

  @Test
  void batchIsProjectedIntoEveryViewOfItsCategory() {
    assertThat(deliver(append(FIRST, PLACED, new OrderEvent.Confirmed()))).isEmpty();

    List<String> names =
        Registry.projections().stream()
            .filter(projection -> projection.handles(FIRST))
            .map(Projection::name)
            .toList();
    assertThat(names).contains("order", "customer-orders", "sales");
    assertThat(names).allSatisfy(name -> assertThat(cursor(name, FIRST)).isEqualTo(2));
    assertThat(views.list("customer-orders/c-1", row -> row, null, 10).items()).hasSize(1);
    assertThat(parked).isEmpty();
  }

  @Test
  void duplicateBatchIsCountedOnce() {
    List<Commit> commits = append(FIRST, PLACED);

    deliver(commits);
    deliver(commits);

    assertThat(views.totals("sales").values())
        .allSatisfy(amounts -> assertThat(amounts.get("revenue")).isEqualTo(300));
  }

  @Test
  void poisonIsParkedAndOtherStreamsContinue() {
    List<Commit> poison =
        SampleCommits.append(events, FIRST, NOW, List.of(new RecordedEvent("order.lost", 1, "{}")));

    assertThat(deliver(Stream.concat(poison.stream(), append(SECOND, PLACED).stream()).toList()))
        .isEmpty();

    assertThat(parked)
        .extracting(ParkedPosition::subscriber)
        .containsExactlyInAnyOrder("order", "customer-orders", "sales");
    assertThat(parked).allSatisfy(position -> assertThat(position.stream()).isEqualTo(FIRST));
    assertThat(views.parked(FIRST)).hasSize(3);
    assertThat(cursor("order", SECOND)).isOne();
  }

  @Test
  void poisonThatCantBeParkedIsDeliveredAgainFromItsRecord() {
    ProjectionFunction broken =
        new ProjectionFunction(
            new SubscriberFactory(events, views),
            position -> {
              throw new IllegalStateException("The queue is not available");
            },
            InstantSource.fixed(NOW));
    List<Commit> poison =
        SampleCommits.append(events, FIRST, NOW, List.of(new RecordedEvent("order.lost", 1, "{}")));
    List<Commit> commits = Stream.of(append(SECOND, PLACED), poison).flatMap(List::stream).toList();

    assertThat(FakeContext.invoke(broken, LambdaEvents.stream(commits)))
        .isEqualTo(Json.read("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}"));
  }

  @Test
  void foreignRecordIsSkipped() {
    assertThat(deliver(LambdaEvents.foreignRecord())).isEmpty();
    assertThat(parked).isEmpty();
  }
}
