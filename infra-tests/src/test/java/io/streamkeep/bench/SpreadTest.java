package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Medians, and ratios run by run. */
@Tag("fast")
final class SpreadTest {

  @Test
  void hasTheMedianBetweenMinAndMax() {
    assertThat(Spread.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new Spread(2, 1, 9));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new Spread(3, 1, 9));
  }

  @Test
  void comparesEachRunWithTheOneBesideIt() {
    Measured sdk = new Measured(Variant.SDK, List.of(100.0, 1000.0, 100.0), 1, 1);
    Measured command = new Measured(Variant.COMMAND, List.of(110.0, 1200.0, 130.0), 1, 1);

    assertThat(command.ratio(sdk)).isEqualTo(new Spread(1.2, 1.1, 1.3));
  }
}
