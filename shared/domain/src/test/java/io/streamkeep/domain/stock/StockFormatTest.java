package io.streamkeep.domain.stock;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.UnreadableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What was stored once is read for ever: the files in {@code stored} are kept as they are. */
final class StockFormatTest {

  private static final Map<String, StockEvent> STORED =
      Map.of(
          "stock.received", new StockEvent.Received(12),
          "stock.shipped", new StockEvent.Shipped(5),
          "stock.counted", new StockEvent.Counted(6, -1),
          "stock.sent", new StockEvent.Sent("move-1", "leeds", 4),
          "stock.arrived", new StockEvent.Arrived("move-1", "york", 4));

  private final StockFormat format = new StockFormat();
  private final StockStateFormat states = new StockStateFormat();

  static Stream<Map.Entry<String, StockEvent>> stored() {
    return STORED.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("stored")
  void isReadAndWrittenAsStored(Map.Entry<String, StockEvent> stored) throws IOException {
    String type = stored.getKey();
    RecordedEvent recorded = new RecordedEvent(type, 1, text(type + ".v1.json"));

    assertThat(format.decode(recorded)).isEqualTo(stored.getValue());
    assertThat(format.encode(stored.getValue())).isEqualTo(recorded);
  }

  @Test
  void everyKindOfEventHasAFile() {
    assertThat(STORED.values())
        .extracting(Object::getClass)
        .contains(StockEvent.class.getPermittedSubclasses());
  }

  @Test
  void aStateIsReadAndWrittenAsStored() throws IOException {
    String stored = text("stock.state.v1.json");

    assertThat(states.decode(stored)).isEqualTo(new Stock(1_000_000_000));
    assertThat(states.encode(new Stock(1_000_000_000))).isEqualTo(stored);
    assertThat(states.schema()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"onHand\":-1}", "{\"onHand\":1,\"more\":1}", "1"})
  void aBrokenStateIsAnError(String data) {
    assertThatThrownBy(() -> states.decode(data)).isInstanceOf(UnreadableException.class);
  }

  @Test
  void whatIsNotKnownIsAnError() {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("stock.sent", 2, "{}")))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("Unknown event stock.sent v2");
    assertThatThrownBy(() -> format.decode(new RecordedEvent("stock.eaten", 1, "{}")))
        .isInstanceOf(UnreadableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"transfer\":\"m\",\"to\":\"leeds\",\"quantity\":0}",
        "{\"transfer\":\"m\",\"to\":\"a/b\",\"quantity\":1}",
        "{\"transfer\":\"\",\"to\":\"leeds\",\"quantity\":1}",
        "{\"transfer\":\"m\",\"to\":\"leeds\",\"quantity\":1,\"more\":1}"
      })
  void aBrokenPayloadIsAnErrorThatDoesNotRepeatIt(String data) {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("stock.sent", 1, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("Event stock.sent v1 is broken: ");
  }

  private static String text(String file) throws IOException {
    String name = "/stored/" + file;
    try (InputStream stored =
        Objects.requireNonNull(StockFormatTest.class.getResourceAsStream(name), name)) {
      return new String(stored.readAllBytes(), UTF_8).strip();
    }
  }
}
