package io.streamkeep.domain.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.json.ReadResult.Invalid;
import io.streamkeep.domain.json.ReadResult.Valid;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ObjectReaderTest {

  @Test
  void read_collectsEveryErrorWithItsPointer() {
    ReadResult<Object> decoded =
        read(
            "{\"a/b\":1,\"list\":[{\"n\":0},7,{\"n\":5,\"m\":1}],\"t~\":\"\"}",
            json ->
                List.of(
                    json.text("t~", 1, 5),
                    json.integer("missing", 0, 9),
                    json.list("list", 1, 3, item -> item.integer("n", 1, 9))));

    assertThat(decoded)
        .isEqualTo(
            new Invalid<>(
                List.of(
                    new FieldError("/t~0", "must have 1 to 5 characters"),
                    new FieldError("/missing", "is required"),
                    new FieldError("/list/0/n", "must be a whole number from 1 to 9"),
                    new FieldError("/list/1", "must be an object"),
                    new FieldError("/list/2/m", "is not a known field"),
                    new FieldError("/a~1b", "is not a known field"))));
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1.0,1", "1e2,100", "-0,0", "9223372036854775807,9223372036854775807"})
  void integer_acceptsWholeNumbers(String text, long value) {
    assertThat(whole(text)).isEqualTo(new Valid<>(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5",
        "-1",
        "1e-1",
        "9223372036854775808",
        "1e400",
        "1e400000000",
        "-1e400000000",
        "\"1\"",
        "true",
        "null",
        "[1]",
        "{}"
      })
  void integer_rejectsOtherValues(String text) {
    assertThat(whole(text)).isInstanceOf(Invalid.class);
  }

  @Test
  void integer_rejectsTooManyDigits() {
    assertThat(whole("1" + "0".repeat(100_000))).isInstanceOf(Invalid.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"\"", "\"abcd\"", "1", "null", "[]", "\"\\ud83d\"", "\"\\ude00a\""})
  void text_rejectsOtherLengths(String text) {
    assertThat(read("{\"t\":" + text + "}", json -> json.text("t", 1, 3)))
        .isInstanceOf(Invalid.class);
  }

  /** SQS refuses a message with one. */
  @ParameterizedTest
  @ValueSource(strings = {"\uFFFE", "a\uFFFF"})
  void text_rejectsNoncharacters(String text) {
    assertThat(read("{\"t\":\"" + text + "\"}", json -> json.text("t", 1, 3)))
        .isEqualTo(
            ReadResult.invalid(
                "/t", "must not contain U+FFFE, U+FFFF or half of a surrogate pair"));
  }

  @Test
  void text_countsCodePoints() {
    assertThat(read("{\"t\":\"\uD83D\uDE00\uD83D\uDE00\"}", json -> json.text("t", 1, 2)))
        .isInstanceOf(Valid.class);
  }

  @Test
  void optionalText_rejectsNull() {
    Function<ObjectReader, Object> as = json -> json.optionalText("t", 1, 3) == null ? "-" : "+";

    assertThat(read("{}", as)).isEqualTo(new Valid<>("-"));
    assertThat(read("{\"t\":\"a\"}", as)).isEqualTo(new Valid<>("+"));
    assertThat(read("{\"t\":null}", as)).isInstanceOf(Invalid.class);
  }

  @Test
  void text_matchesThePatternCompletely() {
    Pattern capitals = Pattern.compile("[A-Z]{3}");
    Function<ObjectReader, Object> as = json -> json.text("t", capitals, "three capitals");

    assertThat(read("{\"t\":\"GBP\"}", as)).isEqualTo(new Valid<>("GBP"));
    assertThat(read("{\"t\":\"GBP\\n\"}", as))
        .isEqualTo(ReadResult.invalid("/t", "must be three capitals"));
  }

  @Test
  void errors_areLimitedToOneHundred() {
    String names =
        IntStream.range(0, 500).mapToObj(i -> "\"f" + i + "\":1").collect(Collectors.joining(","));

    assertThat(((Invalid<Object>) read("{" + names + "}", json -> "")).errors()).hasSize(100);
  }

  @Test
  void list_rejectsOtherSizes() {
    Function<ObjectReader, Object> as = json -> json.list("l", 1, 2, item -> "");

    assertThat(read("{\"l\":[{},{}]}", as)).isInstanceOf(Valid.class);
    for (String list : List.of("[]", "[{},{},{}]", "{}", "null")) {
      assertThat(read("{\"l\":" + list + "}", as))
          .isEqualTo(ReadResult.invalid("/l", "must be an array of 1 to 2 objects"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"yesterday\"", "\"2026-03-01\"", "1", "null"})
  void instant_rejectsOtherValues(String text) {
    assertThat(read("{\"t\":" + text + "}", json -> json.instant("t"))).isInstanceOf(Invalid.class);
  }

  private static ReadResult<Object> whole(String text) {
    return read("{\"n\":" + text + "}", json -> json.integer("n", 0, Long.MAX_VALUE));
  }

  private static ReadResult<Object> read(String text, Function<ObjectReader, Object> as) {
    return ObjectReader.read(StrictJson.parse(text), as);
  }
}
