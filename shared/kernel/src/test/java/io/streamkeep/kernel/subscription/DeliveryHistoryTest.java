package io.streamkeep.kernel.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.subscription.DeliveryHistory.Mutant;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All views, totals, messages and the feed end up correct under any delivery. */
final class DeliveryHistoryTest {

  private static final int HISTORIES = 3000;

  @Test
  void nothingIsLostOrDuplicatedInTheEnd() {
    int dropped = 0;
    int repaired = 0;
    for (long seed = 0; seed < HISTORIES; seed++) {
      DeliveryHistory history = new DeliveryHistory(seed, Mutant.NONE);
      assertThat(history.play()).as("seed %d", seed).isEmpty();
      dropped += history.dropped();
      repaired += history.repaired();
    }
    assertThat(dropped).isPositive();
    assertThat(repaired).isPositive();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyMutantIsFound(Mutant mutant) {
    assertThat(LongStream.range(0, HISTORIES))
        .anyMatch(seed -> new DeliveryHistory(seed, mutant).play().isPresent());
  }
}
