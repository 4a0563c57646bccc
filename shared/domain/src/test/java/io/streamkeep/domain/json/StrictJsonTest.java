package io.streamkeep.domain.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class StrictJsonTest {

  @Test
  void parse_readsAnObject() {
    assertThat(StrictJson.parse(" {\"a\": [1, {\"a\": \"\u00e9\"}]} ".getBytes(UTF_8)).orThrow(""))
        .hasToString("{\"a\":[1,{\"a\":\"\u00e9\"}]}");
  }

  static Stream<String> rejected() {
    return Stream.of(
        "",
        " ",
        "nul",
        "null",
        "1",
        "[]",
        "\"a\"",
        "{",
        "{}{}",
        "{} x",
        "{}]",
        "{\"a\":1,}",
        "{\"a\":01}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":[{\"b\":1,\"b\":2}]}",
        "{'a':1}",
        "{\"a\":NaN}",
        "{\"a\":\"\t\"}",
        "\uFEFF{}",
        "{\"a\":" + "[".repeat(100_000),
        "{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void parse_rejects(String text) {
    assertThat(StrictJson.parse(text)).isInstanceOf(ReadResult.Invalid.class);
  }

  @Test
  void parse_rejectsMalformedUtf8() {
    ReadResult<JsonObject> decoded = StrictJson.parse("{\"a\":\"\u00e9\"}".getBytes(ISO_8859_1));

    assertThat(decoded).isEqualTo(ReadResult.invalid("", "is not UTF-8"));
  }
}
