package io.streamkeep.aws.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The attributes of CloudEvents that are not copied from the event. */
final class CloudEventsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:15:30Z, 2026-03-01T10:15:30.000Z",
    "2026-03-01T10:15:30.1Z, 2026-03-01T10:15:30.100Z",
    "2026-03-01T10:15:00Z, 2026-03-01T10:15:00.000Z"
  })
  void timeHasMilliseconds(Instant time, String text) {
    Commit commit =
        new Commit(
            new StreamId("order", "o-1"),
            1,
            1,
            List.of(new RecordedEvent("order.placed", 2, "{}")),
            time,
            new CommandId("c"),
            new Fingerprint("f"),
            Metadata.NONE);

    assertThat(CloudEvents.event(commit, 0).getString("time")).isEqualTo(text);
  }
}
