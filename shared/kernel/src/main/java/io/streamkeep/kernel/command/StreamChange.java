package io.streamkeep.kernel.command;

import io.streamkeep.kernel.store.RecordedEvent;
import java.util.List;

/** The events, at least one, that a command over several streams adds to one of them. */
public record StreamChange<E>(StreamRef<E, ?> ref, List<E> events) {
  public StreamChange {
    events = List.copyOf(events);
  }

  public static <E> StreamChange<E> of(StreamRef<E, ?> ref, E event) {
    return new StreamChange<>(ref, List.of(event));
  }

  List<RecordedEvent> recorded() {
    return events.stream().map(ref.aggregate().events()::encode).toList();
  }
}
