package io.streamkeep.domain.order;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.store.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Fails when the format changes without a new schema number, because a misread snapshot is worse
 * than none.
 */
final class OrderStateCodecTest {

  private static final Order.OrderDetails CONTENT =
      new Order.OrderDetails(
          "14479", "United Kingdom", "GBP", Samples.AT, List.of(Samples.KIT, Samples.BAG), 1770);
  private static final Order.OrderDetails GUESTS =
      new Order.OrderDetails(null, null, "JPY", Samples.AT, List.of(Samples.BAG), 0);

  private static final Map<String, Order> STORED =
      Map.of(
          "unplaced", new Order.NotPlaced(),
          "placed", new Order.Placed(CONTENT),
          "placed-guest", new Order.Placed(GUESTS),
          "confirmed", new Order.Confirmed(CONTENT),
          "completed", new Order.Completed(CONTENT, List.of(4L, 0L), 1180),
          "cancelled", new Order.Cancelled(CONTENT, "Changed my mind"));

  private final OrderStateCodec format = new OrderStateCodec();

  static Stream<Map.Entry<String, Order>> stored() {
    return STORED.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("stored")
  void state_isReadAndWrittenAsStored(Map.Entry<String, Order> stored) throws IOException {
    String name = "/stored-state.v" + format.schema() + "/" + stored.getKey() + ".json";
    try (InputStream file =
        Objects.requireNonNull(OrderStateCodecTest.class.getResourceAsStream(name), name)) {
      String data = new String(file.readAllBytes(), UTF_8).strip();

      assertThat(format.encode(stored.getValue())).isEqualTo(data);
      assertThat(format.decode(data)).isEqualTo(stored.getValue());
    }
  }

  @Test
  void everyState_hasAStoredFixture() {
    assertThat(STORED.values())
        .extracting(Object::getClass)
        .contains(Order.Existing.class.getPermittedSubclasses())
        .contains(Order.NotPlaced.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"status\":\"eaten\"}", "{\"status\":\"placed\"}"})
  void brokenState_isUnreadable(String data) {
    assertThatThrownBy(() -> format.decode(data)).isInstanceOf(UnreadableException.class);
  }
}
