package io.streamkeep.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.Dispatcher.ParkedNotice;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.testkit.spec.DeciderSpec;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Older code that still runs meets an event version that only newer code knows. */
final class FutureVersionTest {

  private static final List<OrderEvent> HISTORY =
      List.of(Samples.PLACED, Samples.CONFIRMED, Samples.COMPLETED);
  private static final StreamId ORDER = new StreamId(Order.CATEGORY, "a");
  private static final StreamId OTHER = new StreamId(Order.CATEGORY, "b");
  private static final Metadata METADATA =
      new Metadata(null, new CorrelationId("why"), null, null, null);

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final InMemoryViewStore rows = new InMemoryViewStore();
  private final List<ParkedNotice> parked = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void unknownVersion_isParkedByOlderCodeAndAppliedByNewer(int future) {
    String type = new OrderEventCodec().encode(HISTORY.get(future - 1)).type();
    List<DeliveredCommit> batch = new ArrayList<>();
    for (int number = 1; number <= 3; number++) {
      OrderEvent event = HISTORY.get(number - 1);
      batch.add(
          append(
              ORDER,
              number == future ? new Newer().encode(event) : new OrderEventCodec().encode(event)));
      batch.add(append(OTHER, new OrderEventCodec().encode(event)));
    }

    assertThat(deliver(batch)).isEmpty();

    assertThat(parked)
        .singleElement()
        .satisfies(
            p ->
                assertThat(p.position())
                    .isEqualTo(new ParkedPosition("order", ORDER, future, METADATA)),
            p ->
                assertThat(p.reason())
                    .hasCauseInstanceOf(UnreadableException.class)
                    .hasRootCauseMessage("Unknown event " + type + " v99"));
    assertThat(row(ORDER).commit()).isEqualTo(future - 1L);
    assertCompleted(OTHER);

    projector(new Newer()).catchUp(ORDER);

    assertCompleted(ORDER);
  }

  private Optional<Dispatcher.BatchFailure> deliver(List<DeliveredCommit> batch) {
    ViewProjector<?, ?> older = projector(new OrderEventCodec());
    return new Dispatcher(
            List.of(older), position -> {}, InstantSource.fixed(Samples.AT), parked::add)
        .deliver(batch);
  }

  private ViewProjector<?, ?> projector(EventCodec<OrderEvent> codec) {
    return new ViewProjector<>(
        new Projection<>(Order.CATEGORY, codec, new OrderView()), rows, store);
  }

  private DeliveredCommit append(StreamId stream, RecordedEvent event) {
    NewCommit commit =
        new NewCommit(
            List.of(event), Samples.AT, new CommandId("c"), new Fingerprint("f"), METADATA);
    Appended appended = (Appended) store.append(store.load(stream).head(), commit);
    Commit appendedCommit = appended.commits().getFirst().commit();
    return new DeliveredCommit(stream, appendedCommit.number(), appendedCommit);
  }

  private StoredRow row(StreamId stream) {
    return rows.find(OrderView.NAME, stream);
  }

  private void assertCompleted(StreamId stream) {
    Order order = new DeciderSpec<>(new OrderDecider()).given(HISTORY).state();
    assertThat(row(stream).data()).isEqualTo(OrderView.show(stream.key(), order).toString());
    assertThat(row(stream).commit()).isEqualTo(3);
  }

  /** Writes every event in version 99, and reads that and all older versions. */
  private static final class Newer implements EventCodec<OrderEvent> {
    private final OrderEventCodec older = new OrderEventCodec();

    @Override
    public RecordedEvent encode(OrderEvent event) {
      RecordedEvent recorded = older.encode(event);
      return new RecordedEvent(
          recorded.type(), 99, "{\"v99 of " + recorded.version() + "\":" + recorded.data() + "}");
    }

    @Override
    public OrderEvent decode(RecordedEvent event) {
      if (event.version() != 99) {
        return older.decode(event);
      }
      int version = event.data().charAt("{\"v99 of ".length()) - '0';
      String data = event.data().substring("{\"v99 of 1\":".length(), event.data().length() - 1);
      return older.decode(new RecordedEvent(event.type(), version, data));
    }
  }
}
