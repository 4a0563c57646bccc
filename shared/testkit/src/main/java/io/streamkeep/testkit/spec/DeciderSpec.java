package io.streamkeep.testkit.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import java.util.List;

/**
 * Given events, when a command, then events or a rejection: {@code
 * spec.given(placed).when(cancel).then(cancelled)}.
 */
public final class DeciderSpec<C, E, S> {

  private final Decider<C, E, S> decider;

  public DeciderSpec(Decider<C, E, S> decider) {
    this.decider = decider;
  }

  /** The events so far, oldest first. */
  public Given given(List<? extends E> events) {
    S state = decider.initial();
    for (E event : events) {
      state = decider.evolve(state, event);
    }
    return new Given(state);
  }

  /** The state after the given events. */
  public final class Given {
    private final S state;

    private Given(S state) {
      this.state = state;
    }

    public Then<E> when(C command) {
      return new Then<>(decider.decide(command, state));
    }

    public S state() {
      return state;
    }
  }

  /** The result of a command. */
  public record Then<E>(Decision<E> decision) {

    public void then(List<? extends E> events) {
      assertThat(decision).isEqualTo(new Decision.Accepted<>(events));
    }

    public void thenRejected(String code) {
      assertThat(decision)
          .isInstanceOfSatisfying(
              Decision.Rejected.class,
              rejected -> assertThat(rejected.rejection().code()).isEqualTo(code));
    }
  }
}
