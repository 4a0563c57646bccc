package io.streamkeep.kernel;

import java.util.List;

/** What a command over several streams does to one of them: events, at least one. */
public record Change<E>(Participant<E, ?> participant, List<E> events) {
  public Change {
    events = List.copyOf(events);
  }

  public static <E> Change<E> of(Participant<E, ?> participant, E event) {
    return new Change<>(participant, List.of(event));
  }

  List<RecordedEvent> recorded() {
    return events.stream().map(participant.aggregate().events()::encode).toList();
  }
}
