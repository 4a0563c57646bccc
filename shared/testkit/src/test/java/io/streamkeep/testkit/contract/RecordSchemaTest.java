package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordSchemaTest {

  record Tree(String name, @Nullable Tree parent, Map<String, List<@Nullable Leaf>> leaves) {}

  record Leaf(long bytes, Instant at) {}

  @Test
  void schemaListsComponentsAndNestedTypes() {
    assertThat(RecordSchema.of(Tree.class))
        .isEqualTo(
            """
            record Tree
              name: java.lang.String
              parent: Tree?
              leaves: java.util.Map<java.lang.String, java.util.List<Leaf?>>
            record Leaf
              bytes: long
              at: java.time.Instant\
            """);
  }

  static class Plain {}

  record OfPlain(Plain plain) {}

  record OfWildcard(List<? extends Leaf> leaves) {}

  record OfVariable<T>(T value) {}

  @ParameterizedTest
  @ValueSource(classes = {Plain.class, OfPlain.class, OfWildcard.class, OfVariable.class})
  void typeThatCanHideAChangeIsRefused(Class<?> type) {
    assertThatThrownBy(() -> RecordSchema.of(type))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("can hide a change");
  }
}
