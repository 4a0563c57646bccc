package io.streamkeep.kernel.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of metadata. */
final class MetadataTest {

  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  static Stream<Arguments> forms() {
    return Stream.of(
        form(Actor::new, List.of("arn:aws:iam::1:user/a+b@c", "!".repeat(1024)), List.of("a b")),
        form(Actor::new, List.of("order"), List.of("~".repeat(1025), "\u00e9")),
        form(CorrelationId::new, List.of("a.b_c:d-1", "1".repeat(128)), List.of("1".repeat(129))),
        form(CausationId::new, List.of("order#a-b/12", "1".repeat(256)), List.of("1".repeat(257))),
        form(CausationId::new, List.of("r:1._-"), List.of("anna@example.com", "a b")),
        form(TenantId::new, List.of("Shop-7.e_u", "1".repeat(64)), List.of("1".repeat(65))),
        form(TenantId::new, List.of("s"), List.of("anna@example.com", "a b", "a/b")));
  }

  private static Arguments form(
      Function<String, Object> form, List<String> good, List<String> bad) {
    return Arguments.of(form, good, bad);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void eachIdAcceptsOnlyItsForm(
      Function<String, Object> form, List<String> good, List<String> bad) {
    assertThat(good).allSatisfy(text -> assertThat(form.apply(text)).isNotNull());
    assertThat(Stream.concat(Stream.of("", "a\nb"), bad.stream()))
        .allSatisfy(
            text ->
                assertThatThrownBy(() -> form.apply(text))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageNotContaining("anna"));
  }

  @Test
  void traceIdIsTheSharedPartOfATrace() {
    assertThat(new TraceContext(PARENT, null).traceId())
        .isEqualTo("0af7651916cd43dd8448eb211c80319c");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
        "00-0AF7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
        "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-x",
      })
  void malformedTraceparentIsRefused(String text) {
    assertThatThrownBy(() -> new TraceContext(text, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tracestateIsAListOfKeysAndValues() {
    for (String good :
        List.of(
            "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
            "1_-*/@=! ~",
            "k=" + "v".repeat(256),
            "a=1" + ",a=1".repeat(31))) {
      assertThat(new TraceContext(PARENT, good).tracestate()).isEqualTo(good);
    }
    for (String bad :
        List.of(
            "",
            "rojo",
            "Rojo=1",
            "rojo=",
            "rojo=1 ",
            "rojo=1,",
            "rojo=1=2",
            "rojo=\u00e9",
            "k=" + "v".repeat(257),
            "a=1" + ",a=1".repeat(32),
            "a=" + "v".repeat(254) + ",b=" + "v".repeat(254))) {
      assertThatThrownBy(() -> new TraceContext(PARENT, bad))
          .as(bad)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
