package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The arithmetic of the reports. */
@Tag("fast")
final class MedianRangeTest {

  @Test
  void medianIsBetweenMinAndMax() {
    assertThat(MedianRange.of(List.of(9.0, 1.0, 2.0))).isEqualTo(new MedianRange(2, 1, 9));
    assertThat(MedianRange.of(List.of(4.0, 1.0, 2.0, 9.0))).isEqualTo(new MedianRange(3, 1, 9));
  }

  @Test
  void ratiosCompareSamplesOfTheSameRun() {
    assertThat(MedianRange.ofRatios(List.of(110.0, 1200.0, 130.0), List.of(100.0, 1000.0, 100.0)))
        .isEqualTo(new MedianRange(1.2, 1.1, 1.3));
  }

  @Test
  void percentileIsTheSampleOfTheNearestRank() {
    List<Double> samples = IntStream.rangeClosed(1, 100).mapToObj(i -> 101.0 - i).toList();

    assertThat(MedianRange.percentile(samples, 0.5)).isEqualTo(50);
    assertThat(MedianRange.percentile(samples, 0.99)).isEqualTo(99);
    assertThat(MedianRange.percentile(samples, 1)).isEqualTo(100);
  }

  @Test
  void percentileOfOneSampleIsThatSample() {
    assertThat(MedianRange.percentile(List.of(7.0), 0.5)).isEqualTo(7);
    assertThat(MedianRange.percentile(List.of(7.0), 0.99)).isEqualTo(7);
  }
}
