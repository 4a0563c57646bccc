package io.streamkeep.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StreamIdTest {

  @Test
  void parseReadsWhatToStringWrites() {
    StreamId stream = new StreamId("order", "a#b");

    assertThat(StreamId.parse(stream.toString())).isEqualTo(stream);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "order", "#1", "order#", "Order#1"})
  void malformedTextIsRefused(String text) {
    assertThatThrownBy(() -> StreamId.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  /** Stored, so it must never change: a repeat must find the stream that it created. */
  @Test
  void createdIdIsDerivedFromTheCommand() {
    StreamId stream = StreamId.createdBy(new CommandId("key-1"), "order");

    assertThat(stream.toString()).isEqualTo("order#3728ecd8-e187-828f-83ab-b70de50f8438");
    assertThat(UUID.fromString(stream.key()).version()).isEqualTo(8);
    assertThat(UUID.fromString(stream.key()).variant()).isEqualTo(2);
    assertThat(StreamId.createdBy(new CommandId("key-2"), "order")).isNotEqualTo(stream);
  }

  @Test
  void createdKeyIsReadWithoutRegardToCase() {
    String key = "3728ecd8-e187-828f-83ab-b70de50f8438";

    assertThat(StreamId.createdKey(key)).contains(key);
    assertThat(StreamId.createdKey("3728ECD8-e187-828F-83aB-B70DE50F8438")).contains(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        "3728ecd8e187828f83abb70de50f8438",
        "{3728ecd8-e187-828f-83ab-b70de50f8438}",
        "3728ecdg-e187-828f-83ab-b70de50f8438",
        "3728ecd8-e187-828f-83ab-b70de50f8438 ",
        "３728ecd8-e187-828f-83ab-b70de50f8438"
      })
  void otherTextIsNoCreatedKey(String text) {
    assertThat(StreamId.createdKey(text)).isEmpty();
  }
}
