package io.streamkeep.domain.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class OrderViewsTest {

  private static final String ID = "0b0e1d4e-6c1f-8a57-9f0a-3f2b1c4d5e6f";

  static Stream<List<OrderEvent>> histories() {
    return Stream.of(
        List.of(Samples.PLACED),
        List.of(Samples.BY_GUEST, Samples.CONFIRMED),
        List.of(Samples.PLACED, Samples.CHANGED, Samples.CANCELLED),
        List.of(Samples.PLACED, Samples.CONFIRMED, Samples.CANCELLED),
        List.of(Samples.PLACED, Samples.CONFIRMED, Samples.COMPLETED),
        List.of(
            Samples.PLACED,
            Samples.CONFIRMED,
            Samples.COMPLETED,
            Samples.RETURNED,
            Samples.RETURNED_WITHOUT_REASON));
  }

  /** Folding commit by commit through stored rows gives the same order as folding its events. */
  @ParameterizedTest
  @MethodSource("histories")
  void rowOfAnOrder_equalsTheFoldOfItsEvents(List<OrderEvent> history) {
    OrderDecider decider = new OrderDecider();
    Order folded = decider.initial();
    for (OrderEvent event : history) {
      folded = decider.evolve(folded, event);
    }

    assertThat(project(new OrderView(), history).data())
        .isEqualTo(OrderView.show(ID, folded).toString());
  }

  @Test
  void completedOrder_isShownWithLinesTotalsAndReturns() {
    List<OrderEvent> history =
        List.of(Samples.PLACED, Samples.CONFIRMED, Samples.COMPLETED, Samples.RETURNED);

    assertThat(project(new OrderView(), history).data())
        .isEqualTo(
            "{\"id\":\"0b0e1d4e-6c1f-8a57-9f0a-3f2b1c4d5e6f\",\"status\":\"completed\","
                + "\"customer\":\"14479\",\"country\":\"United Kingdom\",\"currency\":\"GBP\","
                + "\"placedAt\":\"2026-03-01T10:15:30.000Z\",\"lines\":["
                + "{\"line\":1,\"sku\":\"22084\",\"description\":\"PAPER CHAIN KIT\","
                + "\"quantity\":6,\"unitPrice\":295,\"total\":1770,\"returned\":4},"
                + "{\"line\":2,\"sku\":\"23203\",\"description\":\"JUMBO BAG\","
                + "\"quantity\":2,\"unitPrice\":0,\"total\":0,\"returned\":0}],"
                + "\"total\":1770,\"refunded\":1180}");
  }

  @Test
  void order_isListedUnderItsCustomer() {
    List<OrderEvent> history =
        List.of(
            Samples.PLACED,
            Samples.CHANGED,
            Samples.CONFIRMED,
            Samples.COMPLETED,
            Samples.RETURNED);

    Row row = project(new CustomerOrdersView(), history);

    assertThat(row.listKey())
        .isEqualTo(new ListKey("customer-orders/14479", "2026-03-01T10:15:30.000Z/" + ID));
    assertThat(row.data())
        .isEqualTo(
            "{\"id\":\"0b0e1d4e-6c1f-8a57-9f0a-3f2b1c4d5e6f\",\"status\":\"completed\","
                + "\"customer\":\"14479\",\"currency\":\"GBP\","
                + "\"placedAt\":\"2026-03-01T10:15:30.000Z\","
                + "\"total\":3540,\"refunded\":1180}");
  }

  /** Earlier rows have no milliseconds if they are zero. */
  @Test
  void rowsWithATimeInWholeSeconds_areStillRead() {
    assertReadWithoutMilliseconds(new OrderView());
    assertReadWithoutMilliseconds(new CustomerOrdersView());
  }

  private static <R> void assertReadWithoutMilliseconds(View<OrderEvent, R> view) {
    R row = view.apply(ID, null, Samples.PLACED);
    String data = view.codec().encode(row);

    assertThat(data).contains("10:15:30.000Z");
    assertThat(view.codec().decode(data.replace(".000Z", "Z"))).isEqualTo(row);
  }

  @Test
  void guestOrder_isNotListed() {
    assertThat(project(new CustomerOrdersView(), List.of(Samples.BY_GUEST, Samples.CANCELLED)))
        .returns(null, Row::listKey)
        .extracting(Row::data)
        .asString()
        .contains("\"status\":\"cancelled\"");
  }

  @Test
  void brokenOrMissingRow_isAnError() {
    Commit commit = commit(2, Samples.CONFIRMED);

    for (View<OrderEvent, ?> view : List.of(new OrderView(), new CustomerOrdersView())) {
      Projection<?, ?> projection = projection(view);
      assertThatThrownBy(() -> projection.apply(new Row("not JSON", null, Set.of()), commit))
          .hasMessageStartingWith("The row is broken");
      assertThatThrownBy(() -> projection.apply(null, commit))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static <R> Projection<OrderEvent, R> projection(View<OrderEvent, R> view) {
    return new Projection<>(Order.CATEGORY, new OrderEventCodec(), view);
  }

  private static Row project(View<OrderEvent, ?> view, List<OrderEvent> history) {
    Projection<OrderEvent, ?> projection = projection(view);
    @Nullable Row row = null;
    for (int i = 0; i < history.size(); i++) {
      row = projection.apply(row, commit(i + 1, history.get(i)));
    }
    return Objects.requireNonNull(row);
  }

  private static Commit commit(int number, OrderEvent event) {
    return new Commit(
        new StreamId("order", ID),
        number,
        number,
        List.of(new OrderEventCodec().encode(event)),
        Samples.AT,
        new CommandId("c" + number),
        new Fingerprint("f"),
        Metadata.NONE);
  }
}
