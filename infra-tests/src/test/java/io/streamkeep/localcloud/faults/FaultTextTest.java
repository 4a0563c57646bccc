package io.streamkeep.localcloud.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Faults as they are written on the command line. */
@Tag("fast")
class FaultTextTest {

  /** A fault anywhere and at any time. */
  private static Fault usual(FaultKind kind, double chance) {
    return new Fault(
        kind, Set.of(), chance, 0, kind.usual(), Duration.ZERO, FaultText.ALWAYS, Long.MAX_VALUE);
  }

  @Test
  void allPartsAreRead() {
    FaultText text =
        FaultText.parse(
            "duplicate=0.05, kill-after@Fn@PutItem=1/20:by=1h:from=500ms:to=20s:max=3,seed=-7");

    assertThat(text.seed()).isEqualTo(-7);
    assertThat(text.faults())
        .containsExactly(
            usual(FaultKind.DUPLICATE, 0.05),
            new Fault(
                FaultKind.KILL_AFTER,
                Set.of("Fn", "PutItem"),
                0,
                20,
                Duration.ofHours(1),
                Duration.ofMillis(500),
                Duration.ofSeconds(20),
                3));
    assertThat(text.faults().get(1).targets()).isEqualTo(Set.of("Fn", "PutItem"));
  }

  @Test
  void eachKindHasItsName() {
    for (FaultKind kind : FaultKind.values()) {
      assertThat(FaultText.parse(kind.text() + "=1").faults()).containsExactly(usual(kind, 1));
    }
  }

  @Test
  void seedCanBeAnyLong() {
    assertThat(FaultText.parse("drop=1,seed=" + Long.MIN_VALUE).seed()).isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "''; \"\": begins with none of duplicate, delay,",
        "drop=1,; \"\": begins with none of",
        "drop=1,dorp=1; \"dorp=1\": begins with none of duplicate, delay,",
        "drop; \"drop\": has no rate: write drop=0.01, or =1/100",
        "drop=; \"drop=\":  is neither a chance from 0 to 1 nor 1/n",
        "drop=1.5; \"drop=1.5\": 1.5 is neither",
        "drop=-1; \"drop=-1\": -1 is neither",
        "drop=1/0; \"drop=1/0\": 1/0 is neither",
        "drop=0; \"drop=0\": it can never happen",
        "drop=.0; \"drop=.0\": it can never happen",
        "drop=1:max=0; \"drop=1:max=0\": it can never happen",
        "drop=1:from=5s:to=5s; \"drop=1:from=5s:to=5s\": it can never happen",
        "delay=1:by=5; \"delay=1:by=5\": 5 is not a time such as 500ms",
        "delay=1:by; \"delay=1:by\": by has no value",
        "delay=1:at=5s; \"delay=1:at=5s\": at is none of by, from, to, max",
        "delay=1:max=x; \"delay=1:max=x\": x is not a number",
        "delay=1:max=-1; \"delay=1:max=-1\": -1 is not a number",
        "seed=x; \"seed=x\": x is not a number",
      })
  void errorQuotesTheInvalidPart(String text, String message) {
    assertThatThrownBy(() -> FaultSchedule.parse(text))
        .isInstanceOf(BadFaultException.class)
        .hasMessageStartingWith(message);
  }
}
