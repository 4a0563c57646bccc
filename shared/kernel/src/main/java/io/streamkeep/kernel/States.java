package io.streamkeep.kernel;

import java.util.Map;
import java.util.Optional;

/** The states of the streams that take part in a command. */
public final class States {

  private final Map<StreamId, Known<?, ?>> known;

  States(Map<StreamId, Known<?, ?>> known) {
    this.known = Map.copyOf(known);
  }

  /** The state of one of them. */
  public <E, S> S of(Participant<E, S> participant) {
    return known(participant).as(participant.aggregate()).now().state();
  }

  /** The number of the newest commit in that state (0 = none). */
  public long commit(Participant<?, ?> participant) {
    return known(participant).now().commit();
  }

  private Known<?, ?> known(Participant<?, ?> participant) {
    return Optional.ofNullable(known.get(participant.stream()))
        .orElseThrow(() -> new IllegalArgumentException("Takes no part: " + participant.stream()));
  }
}
