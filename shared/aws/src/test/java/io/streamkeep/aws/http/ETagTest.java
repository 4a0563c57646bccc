package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Preconditions on the newest commit. */
final class ETagTest {

  private static LongPredicate precondition(String... headers) {
    return ETag.precondition(Requests.of("", headers));
  }

  @Test
  void withoutHeadersThereIsNoPrecondition() {
    assertThat(precondition()).accepts(0L, 1L);
  }

  @Test
  void ifMatchComparesStrongly() {
    assertThat(precondition("If-Match", "\"3\"")).accepts(3L).rejects(0L, 1L, 33L);
    assertThat(precondition("If-Match", "W/\"3\"")).rejects(0L, 3L);
    assertThat(precondition("If-Match", "*")).accepts(1L, 3L).rejects(0L);
    assertThat(precondition("If-Match", "\"0\"")).as("a missing aggregate has no tag").rejects(0L);
  }

  @Test
  void ifNoneMatchComparesWeakly() {
    assertThat(precondition("If-None-Match", "\"3\"")).rejects(3L).accepts(0L, 1L, 33L);
    assertThat(precondition("If-None-Match", "W/\"3\"")).rejects(3L).accepts(0L, 1L);
    assertThat(precondition("If-None-Match", "*")).rejects(1L, 3L).accepts(0L);
    assertThat(precondition("If-None-Match", "\"0\"")).accepts(0L);
  }

  @Test
  void bothMustHold() {
    LongPredicate both = precondition("If-Match", "\"1\", \"2\"", "If-None-Match", "\"2\"");

    assertThat(both).accepts(1L).rejects(2L, 3L);
  }

  @Test
  void linesOfAHeaderAreOneList() {
    assertThat(precondition("If-Match", "\"1\"", "If-Match", "\"2\",\"3\""))
        .accepts(1L, 2L, 3L)
        .rejects(4L);
  }

  @Test
  void tagMayHaveCommas() {
    assertThat(precondition("If-Match", "\"2,3\"")).rejects(2L, 3L);
    assertThat(precondition("If-Match", "\"a,\", , \"3\" ,")).accepts(3L);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",",
        "3",
        "W/",
        "w/\"3\"",
        "\"3",
        "\"3\"\"4\"",
        "\"3\" 4",
        "\"3\", *",
        "**",
        "\"a b\""
      })
  void malformedListIsABadRequest(String value) {
    for (String header : new String[] {"If-Match", "If-None-Match"}) {
      assertThatThrownBy(() -> precondition(header, value))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e ->
                  assertThat(e.problem().errors()).extracting("parameter").containsExactly(header));
    }
  }

  @Test
  void longListIsRead() {
    assertThat(precondition("If-Match", "\"1\",".repeat(100_000) + "\"3\"")).accepts(3L);
  }
}
