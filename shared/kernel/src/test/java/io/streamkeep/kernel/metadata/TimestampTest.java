package io.streamkeep.kernel.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TimestampTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T10:15:00Z, 2026-03-01T10:15:00.000Z",
    "2026-03-01T10:15:30.12Z, 2026-03-01T10:15:30.120Z",
    "2026-03-01T10:15:30.123999Z, 2026-03-01T10:15:30.123Z"
  })
  void textHasMilliseconds(Instant time, String text) {
    assertThat(Timestamp.format(time)).isEqualTo(text);
    assertThat(Timestamp.format(Instant.parse(text))).isEqualTo(text);
  }

  /** Instant.toString writes 10:15:30Z and 10:15:30.001Z, in the wrong order. */
  @Test
  void textOrderIsTimeOrder() {
    Instant start = Instant.parse("2026-03-01T10:15:29.998Z");

    assertThat(
            List.of(0, 1, 2, 3, 1002).stream()
                .map(millis -> Timestamp.format(start.plusMillis(millis))))
        .isSorted();
  }
}
