package io.streamkeep.domain.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.testkit.contract.StoredFormatContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StockEventCodecTest extends StoredFormatContract<StockEvent> {

  private final StockEventCodec format = new StockEventCodec();
  private final StockStateCodec states = new StockStateCodec();

  @Override
  protected EventCodec<StockEvent> codec() {
    return format;
  }

  @Override
  protected Class<StockEvent> events() {
    return StockEvent.class;
  }

  @Override
  protected Path folder() {
    return Path.of("src/test/resources/stored/stock");
  }

  @Override
  protected Map<String, StockEvent> fixtures() {
    return Map.of(
        "stock.received.v1.json", new StockEvent.Received(12),
        "stock.shipped.v1.json", new StockEvent.Shipped(5),
        "stock.counted.v1.json", new StockEvent.Counted(6, -1),
        "stock.sent.v1.json", new StockEvent.Sent("move-1", "leeds", 4),
        "stock.arrived.v1.json", new StockEvent.Arrived("move-1", "york", 4));
  }

  @Test
  void state_isReadAndWrittenAsStored() throws IOException {
    String stored = Files.readString(folder().resolve("state.v1/stock.json")).strip();

    assertThat(states.decode(stored)).isEqualTo(new Stock(1_000_000_000));
    assertThat(states.encode(new Stock(1_000_000_000))).isEqualTo(stored);
    assertThat(states.schema()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"onHand\":-1}", "{\"onHand\":1,\"more\":1}", "1"})
  void brokenState_isUnreadable(String data) {
    assertThatThrownBy(() -> states.decode(data)).isInstanceOf(UnreadableException.class);
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
  void decode_failsWithoutQuotingThePayload_whenItIsBroken(String data) {
    assertThatThrownBy(() -> format.decode(new RecordedEvent("stock.sent", 1, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("Event stock.sent v1 is broken: ");
  }
}
