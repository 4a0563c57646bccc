package io.streamkeep.kernel.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.lease.LeaseCommand.Acquire;
import io.streamkeep.kernel.lease.LeaseCommand.Release;
import io.streamkeep.kernel.lease.LeaseCommand.Renew;
import io.streamkeep.kernel.lease.LeaseEvent.Acquired;
import io.streamkeep.kernel.lease.LeaseEvent.Released;
import io.streamkeep.kernel.lease.LeaseEvent.Renewed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LeaseDeciderTest {

  private static final Instant T = Instant.parse("2026-03-01T10:15:30Z");
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final List<LeaseEvent> NEVER = List.of();
  private static final List<LeaseEvent> HELD = List.of(new Acquired("a", T.plus(TEN)));
  private static final List<LeaseEvent> LONGER =
      List.of(new Acquired("a", T.plus(TEN)), new Renewed(T.plusSeconds(15)));
  private static final List<LeaseEvent> GIVEN_BACK =
      List.of(new Acquired("a", T.plus(TEN)), new Released());

  private final LeaseDecider decider = new LeaseDecider();

  private Lease lease(List<LeaseEvent> given) {
    Lease lease = decider.initial();
    for (LeaseEvent event : given) {
      lease = decider.evolve(lease, event);
    }
    return lease;
  }

  private static Acquire acquire(int second) {
    return new Acquire("b", TEN, T.plusSeconds(second));
  }

  private static Renew renew(long token, int second) {
    return new Renew(token, TEN, T.plusSeconds(second));
  }

  private static Acquired acquired(int until) {
    return new Acquired("b", T.plusSeconds(until));
  }

  static Stream<Arguments> legal() {
    return Stream.of(
        Arguments.of(NEVER, acquire(0), acquired(10)),
        Arguments.of(GIVEN_BACK, acquire(1), acquired(11)),
        Arguments.of(HELD, acquire(10), acquired(20)),
        Arguments.of(LONGER, acquire(15), acquired(25)),
        Arguments.of(HELD, renew(1, 5), new Renewed(T.plusSeconds(15))),
        Arguments.of(LONGER, renew(2, 5), new Renewed(T.plusSeconds(15))),
        // A renewal never shortens it, even if a clock was set back.
        Arguments.of(LONGER, renew(2, 1), new Renewed(T.plusSeconds(15))),
        // An expired lease can be renewed if nobody has taken it.
        Arguments.of(HELD, renew(1, 60), new Renewed(T.plusSeconds(70))),
        Arguments.of(HELD, new Release(1), new Released()),
        Arguments.of(LONGER, new Release(2), new Released()));
  }

  @ParameterizedTest
  @MethodSource("legal")
  void legalCommandIsAccepted(List<LeaseEvent> given, LeaseCommand command, LeaseEvent expected) {
    assertThat(decider.decide(command, lease(given))).isEqualTo(Decision.accept(expected));
  }

  static Stream<Arguments> illegal() {
    return Stream.of(
        Arguments.of(HELD, acquire(9), "lease-held"),
        Arguments.of(HELD, new Acquire("a", TEN, T.plusSeconds(9)), "lease-held"),
        Arguments.of(LONGER, acquire(14), "lease-held"),
        Arguments.of(NEVER, renew(0, 1), "lease-lost"),
        Arguments.of(GIVEN_BACK, renew(1, 1), "lease-lost"),
        Arguments.of(GIVEN_BACK, renew(2, 1), "lease-lost"),
        Arguments.of(LONGER, renew(1, 1), "lease-lost"),
        Arguments.of(NEVER, new Release(0), "lease-lost"),
        Arguments.of(LONGER, new Release(1), "lease-lost"),
        Arguments.of(GIVEN_BACK, new Release(1), "lease-lost"),
        Arguments.of(GIVEN_BACK, new Release(2), "lease-lost"));
  }

  @ParameterizedTest
  @MethodSource("illegal")
  void illegalCommandIsRejected(List<LeaseEvent> given, LeaseCommand command, String code) {
    assertThat(decider.decide(command, lease(given)))
        .isInstanceOfSatisfying(
            Decision.Rejected.class,
            rejected -> assertThat(rejected.rejection().code()).isEqualTo(code));
  }

  @Test
  void stateCountsCommits() {
    assertThat(lease(LONGER)).isEqualTo(new Lease.Held("a", T.plusSeconds(15), 2));
    assertThat(lease(GIVEN_BACK)).isEqualTo(new Lease.Free(2));
  }

  @Test
  void renewalOfAFreeLeaseDoesNotFold() {
    assertThatThrownBy(() -> lease(List.of(new Renewed(T))))
        .isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\"", "a\\", "Zoë", "a\n"})
  void holderThatNeedsJsonEscapesIsRefused(String holder) {
    assertThatThrownBy(() -> new Acquire(holder, TEN, T))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nonPositiveTimeToLiveIsRefused() {
    assertThatThrownBy(() -> new Acquire("a", Duration.ZERO, T))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Renew(1, Duration.ofSeconds(-1), T))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
