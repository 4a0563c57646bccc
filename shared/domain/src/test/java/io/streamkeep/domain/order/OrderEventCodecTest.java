package io.streamkeep.domain.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.testkit.contract.StoredFormatContract;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderEventCodecTest extends StoredFormatContract<OrderEvent> {

  private static final OrderEvent RETURNED_LINE_TWICE =
      new OrderEvent.Returned(new TreeMap<>(Map.of(1, 4L, 2, 2L)), 1180, "Torn");

  private final OrderEventCodec format = new OrderEventCodec();

  @Override
  protected EventCodec<OrderEvent> codec() {
    return format;
  }

  @Override
  protected Class<OrderEvent> events() {
    return OrderEvent.class;
  }

  @Override
  protected Path folder() {
    return Path.of("src/test/resources/stored");
  }

  @Override
  protected Map<String, OrderEvent> fixtures() {
    return Map.ofEntries(
        Map.entry("order.placed.v1.json", Samples.PLACED_NOWHERE),
        Map.entry("order.placed.v1-guest.json", Samples.BY_GUEST),
        Map.entry("order.placed.v2.json", Samples.PLACED),
        Map.entry("order.placed.v2-guest.json", Samples.BY_GUEST),
        Map.entry("order.lines-changed.v1.json", Samples.CHANGED),
        Map.entry("order.confirmed.v1.json", Samples.CONFIRMED),
        Map.entry("order.completed.v1.json", Samples.COMPLETED),
        Map.entry("order.cancelled.v1.json", Samples.CANCELLED),
        Map.entry("order.returned.v1.json", Samples.RETURNED),
        Map.entry("order.returned.v1-without-reason.json", Samples.RETURNED_WITHOUT_REASON),
        Map.entry("order.returned.v1-line-twice.json", RETURNED_LINE_TWICE),
        Map.entry("order.returned.v2.json", Samples.RETURNED),
        Map.entry("order.returned.v2-without-reason.json", Samples.RETURNED_WITHOUT_REASON));
  }

  @Test
  void decode_namesAnUnknownVersion() {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.confirmed", 2, "{}")))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("Unknown event order.confirmed v2");
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
  void decode_failsWithoutQuotingThePayload_whenItIsBroken(String data) {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.cancelled", 1, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("Event order.cancelled v1 is broken: ");
  }

  /** Upcasting keeps whatever reading would reject. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"lines\":1,\"refund\":1}",
        "{\"lines\":[],\"refund\":1}",
        "{\"lines\":[1],\"refund\":1}",
        "{\"lines\":[{\"line\":1}],\"refund\":1}",
        "{\"lines\":[{\"line\":1},{\"line\":1}],\"refund\":1}",
        "{\"lines\":[{\"line\":1.5,\"quantity\":1}],\"refund\":1}",
        "{\"lines\":[{\"line\":1,\"quantity\":1,\"more\":1}],\"refund\":1}",
        "{\"lines\":[{\"line\":1,\"quantity\":1,\"more\":1},{\"line\":1,\"quantity\":1}],"
            + "\"refund\":1}",
        "{\"lines\":[{\"line\":1,\"quantity\":1},{\"line\":1,\"quantity\":1,\"more\":1}],"
            + "\"refund\":1}",
        "{\"lines\":[{\"line\":1,\"quantity\":1}],\"refund\":1,\"more\":1}"
      })
  void decode_fails_whenAnOlderPayloadIsBroken(String data) {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.returned", 1, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("Event order.returned v1 is broken: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"United Kingdom\"", "null"})
  void decode_fails_whenVersionOneHasACountry(String country) {
    String data =
        new OrderEventCodec()
            .encode(Samples.BY_GUEST)
            .data()
            .replaceFirst("\\{", "{\"country\":" + country + ",");

    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.placed", 1, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("Event order.placed v1 is broken: ");
    assertThat(format.decode(new RecordedEvent("order.placed", 2, data)))
        .isInstanceOf(OrderEvent.Placed.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " France", "a#b", "C\u00f4te", "x\\ny"})
  void decode_fails_whenTheCountryIsNotValid(String country) {
    String data =
        new OrderEventCodec().encode(Samples.PLACED).data().replace("United Kingdom", country);

    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.placed", 2, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageContaining("/country must be ");
  }

  @Test
  void decode_fails_whenALineIsNamedTwice() {
    String twice =
        "{\"lines\":[{\"line\":1,\"quantity\":1},{\"line\":1,\"quantity\":1}],\"refund\":590}";

    assertThatThrownBy(() -> format.decode(new RecordedEvent("order.returned", 2, twice)))
        .isInstanceOf(UnreadableException.class);
    assertThat(format.decode(new RecordedEvent("order.returned", 1, twice)))
        .isEqualTo(new OrderEvent.Returned(new TreeMap<>(Map.of(1, 2L)), 590, null));
  }
}
