package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonArray;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are larger than a response. */
final class ResponsePageTest {

  /** Lambda's limit: 6 MB of JSON in UTF-8. */
  private static final int LIMIT = 6 * 1024 * 1024;

  private static JsonArray write(String text) {
    return Json.texts(List.of(text));
  }

  private static int bytes(ResponsePage<String> page) {
    return Json.bytes(HttpResponse.json(200, page.json().toString()).write()).length;
  }

  @Test
  void pageThatFitsIsWhole() {
    List<String> items = Collections.nCopies(100, "k".repeat(40_000));

    ResponsePage<String> page = ResponsePage.of(items, ResponsePageTest::write);

    assertThat(page.items()).isEqualTo(items);
    assertThat(page.json()).hasSize(100);
    assertThat(page.cut()).isFalse();
    assertThat(bytes(page)).isLessThan(LIMIT);
  }

  /** All but the first take more than one byte in a response. */
  @ParameterizedTest
  @ValueSource(strings = {"k", "\"", "\\", "é", "€", "\uD83D\uDE00", "\u0001"})
  void pageIsCutBelowTheLimitWhateverItsCharacters(String character) {
    List<String> items = Collections.nCopies(200, character.repeat(100_000));

    ResponsePage<String> page = ResponsePage.of(items, ResponsePageTest::write);

    assertThat(page.cut()).isTrue();
    assertThat(page.items()).hasSize(page.json().size()).hasSizeLessThan(200);
    assertThat(bytes(page)).isBetween(LIMIT * 2 / 3, LIMIT);
  }

  @Test
  void pageHasAtLeastOneItem() {
    List<String> items = Collections.nCopies(2, "k".repeat(ResponsePage.MAX_BYTES));

    assertThat(ResponsePage.of(items, ResponsePageTest::write).items()).hasSize(1);
    assertThat(ResponsePage.of(List.of(), ResponsePageTest::write).items()).isEmpty();
  }

  @Test
  void itemMayHaveAnyNumberOfElements() {
    ResponsePage<Integer> page =
        ResponsePage.of(
            List.of(0, 2, 1), count -> Json.texts(Collections.nCopies(count, "element")));

    assertThat(page.items()).containsExactly(0, 2, 1);
    assertThat(page.json()).hasSize(3);
  }
}
