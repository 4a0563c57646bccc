package io.streamkeep.domain.order;

import static io.streamkeep.domain.order.Samples.AT;
import static io.streamkeep.domain.order.Samples.BAG;
import static io.streamkeep.domain.order.Samples.CANCELLED;
import static io.streamkeep.domain.order.Samples.CHANGED;
import static io.streamkeep.domain.order.Samples.COMPLETED;
import static io.streamkeep.domain.order.Samples.CONFIRMED;
import static io.streamkeep.domain.order.Samples.KIT;
import static io.streamkeep.domain.order.Samples.PLACED;
import static io.streamkeep.domain.order.Samples.RETURNED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.domain.order.OrderCommand.Cancel;
import io.streamkeep.domain.order.OrderCommand.ChangeLines;
import io.streamkeep.domain.order.OrderCommand.Complete;
import io.streamkeep.domain.order.OrderCommand.Confirm;
import io.streamkeep.domain.order.OrderCommand.Place;
import io.streamkeep.domain.order.OrderCommand.Return;
import io.streamkeep.domain.order.OrderCommand.ReturnedLine;
import io.streamkeep.testkit.spec.DeciderSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderDeciderTest {

  private static final Place PLACE =
      new Place("14479", "United Kingdom", "GBP", List.of(KIT, BAG), AT);
  private static final List<OrderEvent> NOTHING = List.of();
  private static final List<OrderEvent> OPEN = List.of(PLACED);
  private static final List<OrderEvent> SURE = List.of(PLACED, CONFIRMED);
  private static final List<OrderEvent> SOLD = List.of(PLACED, CONFIRMED, COMPLETED);
  private static final List<OrderEvent> GONE = List.of(PLACED, CANCELLED);

  private final DeciderSpec<OrderCommand, OrderEvent, Order> spec =
      new DeciderSpec<>(new OrderDecider());

  static Stream<Arguments> legal() {
    return Stream.of(
        Arguments.of(NOTHING, PLACE, List.of(PLACED)),
        Arguments.of(OPEN, new ChangeLines(List.of(BAG, KIT, KIT)), List.of(CHANGED)),
        Arguments.of(OPEN, new ChangeLines(List.of(KIT, BAG)), List.of()),
        Arguments.of(OPEN, new Confirm(), List.of(CONFIRMED)),
        Arguments.of(OPEN, new Cancel("Changed my mind"), List.of(CANCELLED)),
        Arguments.of(SURE, new Cancel("Changed my mind"), List.of(CANCELLED)),
        Arguments.of(SURE, new Complete(), List.of(COMPLETED)),
        Arguments.of(SOLD, new Return(List.of(new ReturnedLine(1, 4)), "Torn"), List.of(RETURNED)));
  }

  @ParameterizedTest
  @MethodSource("legal")
  void accepts(List<OrderEvent> given, OrderCommand command, List<OrderEvent> expected) {
    spec.given(given).when(command).then(expected);
  }

  static Stream<Arguments> illegal() {
    ChangeLines change = new ChangeLines(List.of(BAG));
    Cancel cancel = new Cancel("x");
    Return back = back(new ReturnedLine(1, 1));
    return Stream.of(
        Arguments.of(NOTHING, change, "order-unknown"),
        Arguments.of(NOTHING, new Confirm(), "order-unknown"),
        Arguments.of(NOTHING, new Complete(), "order-unknown"),
        Arguments.of(NOTHING, cancel, "order-unknown"),
        Arguments.of(NOTHING, back, "order-unknown"),
        Arguments.of(OPEN, PLACE, "order-already-placed"),
        Arguments.of(OPEN, new Complete(), "order-not-confirmed"),
        Arguments.of(OPEN, back, "order-not-completed"),
        Arguments.of(SURE, change, "order-already-confirmed"),
        Arguments.of(SURE, new Confirm(), "order-already-confirmed"),
        Arguments.of(SURE, back, "order-not-completed"),
        Arguments.of(SOLD, change, "order-already-completed"),
        Arguments.of(SOLD, new Confirm(), "order-already-completed"),
        Arguments.of(SOLD, new Complete(), "order-already-completed"),
        Arguments.of(SOLD, cancel, "order-already-completed"),
        Arguments.of(GONE, PLACE, "order-already-placed"),
        Arguments.of(GONE, change, "order-cancelled"),
        Arguments.of(GONE, new Confirm(), "order-cancelled"),
        Arguments.of(GONE, new Complete(), "order-cancelled"),
        Arguments.of(GONE, cancel, "order-cancelled"),
        Arguments.of(GONE, back, "order-cancelled"),
        Arguments.of(SOLD, back(new ReturnedLine(3, 1)), "line-unknown"),
        Arguments.of(SOLD, back(new ReturnedLine(1, 7)), "return-exceeds-line"),
        Arguments.of(
            SOLD, back(new ReturnedLine(1, 3), new ReturnedLine(1, 4)), "return-exceeds-line"),
        Arguments.of(
            List.of(PLACED, CONFIRMED, COMPLETED, RETURNED),
            back(new ReturnedLine(1, 3)),
            "return-exceeds-line"));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void rejects(List<OrderEvent> given, OrderCommand command, String code) {
    spec.given(given).when(command).thenRejected(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QQQ", "XXX", "XAU"})
  void place_isRejected_whenTheCurrencyIsNoMoney(String currency) {
    spec.given(NOTHING)
        .when(new Place(null, null, currency, List.of(KIT), AT))
        .thenRejected("currency-unknown");
  }

  @Test
  void place_isRejected_whenTheTotalOverflows() {
    Line dear = new Line("x", "", 1_000_000_000L, 1_000_000_000_000L);
    Line half = new Line("x", "", 5_000_000L, 1_000_000_000_000L);

    spec.given(NOTHING)
        .when(new Place(null, null, "GBP", List.of(dear), AT))
        .thenRejected("total-overflow");
    spec.given(NOTHING)
        .when(new Place(null, null, "GBP", List.of(half, half), AT))
        .thenRejected("total-overflow");
    spec.given(OPEN).when(new ChangeLines(List.of(half, half))).thenRejected("total-overflow");
  }

  @Test
  void line_canBeReturnedInParts() {
    List<OrderEvent> given = List.of(PLACED, CONFIRMED, COMPLETED, RETURNED);

    Order order = spec.given(given).state();
    assertThat(order)
        .isInstanceOfSatisfying(
            Order.Completed.class,
            completed -> {
              assertThat(completed.returned()).containsExactly(4L, 0L);
              assertThat(completed.refunded()).isEqualTo(1180);
            });
    spec.given(given)
        .when(back(new ReturnedLine(1, 1), new ReturnedLine(2, 2), new ReturnedLine(1, 1)))
        .then(List.of(new OrderEvent.Returned(new TreeMap<>(Map.of(1, 2L, 2, 2L)), 590, null)));
  }

  @Test
  void evolve_fails_whenAnEventCannotFollow() {
    assertThatThrownBy(() -> spec.given(List.of(CONFIRMED)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> spec.given(List.of(PLACED, PLACED)))
        .isInstanceOf(IllegalStateException.class);
  }

  private static Return back(ReturnedLine... lines) {
    return new Return(List.of(lines), null);
  }
}
