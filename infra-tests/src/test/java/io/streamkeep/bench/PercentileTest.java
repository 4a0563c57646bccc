package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Percentiles are samples, by the nearest rank. */
@Tag("fast")
final class PercentileTest {

  @Test
  void ofAHundredTheFiftiethAndTheLastButOne() {
    List<Double> samples = IntStream.rangeClosed(1, 100).mapToObj(i -> (double) i).toList();

    assertThat(Percentile.of(samples, 0.5)).isEqualTo(50);
    assertThat(Percentile.of(samples, 0.99)).isEqualTo(99);
    assertThat(Percentile.of(samples, 1)).isEqualTo(100);
  }

  @Test
  void ofOneItIsThatOne() {
    assertThat(Percentile.of(List.of(7.0), 0.5)).isEqualTo(7);
    assertThat(Percentile.of(List.of(7.0), 0.99)).isEqualTo(7);
  }
}
