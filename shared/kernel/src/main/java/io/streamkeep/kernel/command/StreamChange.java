package io.streamkeep.kernel.command;

import io.streamkeep.kernel.store.RecordedEvent;
import java.util.List;

/** What a command over several streams does to one of them: events, at least one. */
public record StreamChange<E>(StreamRef<E, ?> participant, List<E> events) {
  public StreamChange {
    events = List.copyOf(events);
  }

  public static <E> StreamChange<E> of(StreamRef<E, ?> participant, E event) {
    return new StreamChange<>(participant, List.of(event));
  }

  List<RecordedEvent> recorded() {
    return events.stream().map(participant.aggregate().events()::encode).toList();
  }
}
