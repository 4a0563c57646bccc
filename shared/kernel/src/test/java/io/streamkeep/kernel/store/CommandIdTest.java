package io.streamkeep.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CommandIdTest {

  @Test
  void keyOfAnUnknownCallerIsTheId() {
    assertThat(CommandId.of("key-1", "")).isEqualTo(new CommandId("key-1"));
  }

  /** Stored, so it must never change: a repeat must find its commit. */
  @Test
  void sameKeyOfDifferentCallersGivesDifferentIds() {
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
  void keyMayBeAsLongAsAnId() {
    assertThat(CommandId.of("k".repeat(128), "anna").value()).hasSizeLessThan(128);
    assertThatThrownBy(() -> CommandId.of("k".repeat(129), ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
