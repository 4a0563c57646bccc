package io.streamkeep.domain.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.domain.stock.StockCommand.Count;
import io.streamkeep.domain.stock.StockCommand.Receive;
import io.streamkeep.domain.stock.StockCommand.Ship;
import io.streamkeep.domain.stock.StockEvent.Arrived;
import io.streamkeep.domain.stock.StockEvent.Counted;
import io.streamkeep.domain.stock.StockEvent.Received;
import io.streamkeep.domain.stock.StockEvent.Sent;
import io.streamkeep.domain.stock.StockEvent.Shipped;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.spec.DeciderSpec;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StockDeciderTest {

  private static final List<StockEvent> NONE = List.of();
  private static final List<StockEvent> TEN = List.of(new Received(12), new Shipped(2));
  private static final List<StockEvent> MOST = List.of(new Arrived("m", "york", 1_000_000_000));

  private final DeciderSpec<StockCommand, StockEvent, Stock> spec =
      new DeciderSpec<>(new StockDecider());

  static Stream<Arguments> legal() {
    return Stream.of(
        Arguments.of(NONE, new Receive(12), new Received(12)),
        Arguments.of(NONE, new Count(0), new Counted(0, 0)),
        Arguments.of(NONE, new Count(3), new Counted(3, 3)),
        Arguments.of(TEN, new Receive(1), new Received(1)),
        Arguments.of(TEN, new Ship(1), new Shipped(1)),
        Arguments.of(TEN, new Ship(10), new Shipped(10)),
        Arguments.of(TEN, new Receive(999_999_990), new Received(999_999_990)),
        Arguments.of(TEN, new Count(10), new Counted(10, 0)),
        Arguments.of(TEN, new Count(7), new Counted(7, -3)),
        Arguments.of(MOST, new Count(0), new Counted(0, -1_000_000_000)));
  }

  @ParameterizedTest
  @MethodSource("legal")
  void accepts(List<StockEvent> given, StockCommand command, StockEvent expected) {
    spec.given(given).when(command).then(List.of(expected));
  }

  static Stream<Arguments> illegal() {
    return Stream.of(
        Arguments.of(NONE, new Ship(1), "stock-too-low"),
        Arguments.of(TEN, new Ship(11), "stock-too-low"),
        Arguments.of(TEN, new Receive(999_999_991), "stock-overflow"),
        Arguments.of(MOST, new Receive(1), "stock-overflow"));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void rejects(List<StockEvent> given, StockCommand command, String code) {
    spec.given(given).when(command).thenRejected(code);
  }

  @Test
  void onHand_isTheSumOfTheEvents() {
    List<StockEvent> events =
        List.of(
            new Received(12),
            new Shipped(2),
            new Sent("m1", "york", 3),
            new Arrived("m2", "york", 5),
            new Counted(11, -1),
            new Received(4));

    assertThat(spec.given(events).state()).isEqualTo(new Stock(15));
    assertThat(spec.given(NONE).state()).isEqualTo(new Stock(0));
  }

  @Test
  void evolve_fails_whenStockWouldBeNegative() {
    assertThatThrownBy(() -> spec.given(List.of(new Received(1), new Shipped(2))))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> spec.given(List.of(new Sent("m", "york", 1))))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_000_001, Long.MIN_VALUE})
  void quantity_isOneToABillion(long quantity) {
    assertThatThrownBy(() -> new Receive(quantity)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Ship(quantity)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Transfer("m", "22084", "york", "leeds", quantity))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void count_isZeroToABillion() {
    assertThatThrownBy(() -> new Count(-1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Count(1_000_000_001)).isInstanceOf(IllegalArgumentException.class);
  }

  /**
   * An article may have a slash in its name but a place may not, so no two pairs share a stream.
   */
  @Test
  void stream_isUniqueToArticleAndPlace() {
    assertThat(Stock.stream("85123/A", "york")).contains(new StreamId("stock", "york/85123/A"));
    assertThat(Stock.stream("A", "york/85123")).isEmpty();
    assertThat(Stock.stream("", "york")).isEmpty();
    assertThat(Stock.stream("\ud800", "york")).isEmpty();
    assertThat(Stock.stream("\ud83d\udce6".repeat(64), "york")).isPresent();
    assertThat(Stock.stream("x".repeat(65), "york")).isEmpty();
    assertThat(Stock.stream("x", "")).isEmpty();
    assertThat(Stock.stream("x", "y".repeat(65))).isEmpty();
  }
}
