package io.streamkeep.testkit;

import io.streamkeep.kernel.store.CommandId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CommandIdTest {

  @Test
  void aKeyOfNobodyInParticularIsTheIdItself() {
    assertThat(CommandId.of("key-1", "")).isEqualTo(new CommandId("key-1"));
  }

  /** Stored: what was done must be found by the same key of the same caller for ever. */
  @Test
  void aKeyCountsForItsCallerAlone() {
    assertThat(CommandId.of("key-1", "anna").value())
        .isEqualTo("qLMI9eQwA4TQvTMZQPh74UTqCaoCFSsAAVgv2d9cMe4");
    assertThat(
            Set.copyOf(
                List.of(
                    CommandId.of("key-1", "anna"),
                    CommandId.of("key-1", "ben"),
                    CommandId.of("key-2", "anna"),
                    CommandId.of("key-1", ""))))
        .hasSize(4);
  }

  @Test
  void aCallersKeyMayBeAsLongAsAnId() {
    assertThat(CommandId.of("k".repeat(128), "anna").value()).hasSizeLessThan(128);
    assertThatThrownBy(() -> CommandId.of("k".repeat(129), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
