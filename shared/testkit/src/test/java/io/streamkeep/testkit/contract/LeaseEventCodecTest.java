package io.streamkeep.testkit.contract;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.lease.Lease;
import io.streamkeep.kernel.lease.LeaseEvent;
import io.streamkeep.kernel.lease.LeaseEventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaseEventCodecTest extends StoredFormatContract<LeaseEvent> {

  private static final Instant UNTIL = Instant.parse("2026-03-01T10:15:40Z");

  private final LeaseEventCodec codec = new LeaseEventCodec();
  private final StateCodec<Lease> states = requireNonNull(Lease.AGGREGATE.states());

  @Override
  protected EventCodec<LeaseEvent> codec() {
    return codec;
  }

  @Override
  protected Class<LeaseEvent> events() {
    return LeaseEvent.class;
  }

  @Override
  protected Path folder() {
    return Path.of("src/test/resources/stored/lease");
  }

  @Override
  protected Map<String, LeaseEvent> fixtures() {
    return Map.of(
        "lease.acquired.v1.json",
        new LeaseEvent.Acquired("2026/03/01/[$LATEST]8f3a", UNTIL.plusMillis(250)),
        "lease.renewed.v1.json",
        new LeaseEvent.Renewed(UNTIL.plusSeconds(10)),
        "lease.released.v1.json",
        new LeaseEvent.Released());
  }

  @Test
  void stateIsReadAndWrittenAsStored() throws IOException {
    Map<String, Lease> stored =
        Map.of("free", new Lease.Free(7), "held", new Lease.Held("worker-1", UNTIL, 8));
    for (Map.Entry<String, Lease> one : stored.entrySet()) {
      Path file = folder().resolve("state.v" + states.schema() + "/" + one.getKey() + ".json");
      String data = Files.readString(file).strip();

      assertThat(states.encode(one.getValue())).isEqualTo(data);
      assertThat(states.decode(data)).isEqualTo(one.getValue());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "{\"holder\":\"a\",\"until\":\"noon\"}",
        "{\"holder\":\"\",\"until\":\"2026-03-01T10:15:40Z\"}",
        "{\"holder\":\"a\\\"\",\"until\":\"2026-03-01T10:15:40Z\"}",
        "{\"holder\":\"a\",\"until\":\"2026-03-01T10:15:40Z\",\"more\":1}",
        "{\"holder\":\"a\",\"until\":\"2026-03-01T10:15:40Z\"} "
      })
  void brokenDataIsUnreadable(String data) {
    assertThatThrownBy(() -> codec.decode(new RecordedEvent("lease.acquired", 1, data)))
        .isInstanceOf(UnreadableException.class)
        .hasMessageStartingWith("lease.acquired.v1 ");
    assertThatThrownBy(() -> states.decode(data)).isInstanceOf(UnreadableException.class);
  }

  @Test
  void eventsAreReadStrictly() {
    assertThatThrownBy(() -> codec.decode(new RecordedEvent("lease.released", 1, "{\"a\":1}")))
        .isInstanceOf(UnreadableException.class);
    assertThatThrownBy(() -> codec.decode(new RecordedEvent("lease.renewed", 1, "{}")))
        .isInstanceOf(UnreadableException.class);
  }
}
