package io.streamkeep.domain.order;

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

/**
 * What was stored once is read for ever: the files in {@code stored} are kept as they are; a new
 * version of an event gets a file of its own.
 */
final class OrderFormatTest {

  private static final Map<String, OrderEvent> STORED =
      Map.of(
          "order.placed.v1.json", Samples.PLACED,
          "order.placed.v1-guest.json", Samples.BY_GUEST,
          "order.lines-changed.v1.json", Samples.CHANGED,
          "order.confirmed.v1.json", Samples.CONFIRMED,
          "order.completed.v1.json", Samples.COMPLETED,
          "order.cancelled.v1.json", Samples.CANCELLED,
          "order.returned.v1.json", Samples.RETURNED,
          "order.returned.v1-without-reason.json", Samples.RETURNED_WITHOUT_REASON);

  private final OrderFormat format = new OrderFormat();

  static Stream<Map.Entry<String, OrderEvent>> stored() {
    return STORED.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("stored")
  void isReadAndWrittenAsStored(Map.Entry<String, OrderEvent> stored) throws IOException {
    RecordedEvent recorded = recorded(stored.getKey());

    assertThat(format.decode(recorded)).isEqualTo(stored.getValue());
    assertThat(format.encode(stored.getValue())).isEqualTo(recorded);
  }

  @Test
  void everyKindOfEventHasAFile() {
    assertThat(STORED.values())
        .extracting(Object::getClass)
        .contains(OrderEvent.class.getPermittedSubclasses());
  }

  @Test
  void aVersionFromTheFutureIsAnError() {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.confirmed", 2, "{}")))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("Unknown event order.confirmed v2");
  }

  @Test
  void anUnknownTypeIsAnError() {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.eaten", 1, "{}")))
        .isInstanceOf(UnreadableException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"reason\":\"x\"",
        "{\"reason\":1}",
        "{\"reason\":null}",
        "{\"reason\":\"x\",\"more\":1}",
        "{\"reason\":\"x\",\"reason\":\"y\"}",
        "{\"reason\":\"x\"} {}",
        ""
      })
  void aBrokenPayloadIsAnErrorThatDoesNotRepeatIt(String data) {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.cancelled", 1, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("Event order.cancelled v1 is broken: ");
  }

  private static RecordedEvent recorded(String file) throws IOException {
    String name = "/stored/" + file;
    try (InputStream stored =
        Objects.requireNonNull(OrderFormatTest.class.getResourceAsStream(name), name)) {
      String type = file.substring(0, file.indexOf(".v"));
      int version = Integer.parseInt(file.substring(type.length() + 2).split("[-.]", 2)[0]);
      return new RecordedEvent(type, version, new String(stored.readAllBytes(), UTF_8).strip());
    }
  }
}
