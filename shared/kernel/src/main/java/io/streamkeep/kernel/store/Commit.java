package io.streamkeep.kernel.store;

import io.streamkeep.kernel.metadata.Metadata;
import java.time.Instant;
import java.util.List;

/**
 * The events that one command added to one stream, atomically.
 *
 * @param number 1, 2, 3 … without gaps
 * @param version the number of events in the stream after this commit
 * @param events the events in order, at least one
 * @param time when the command was decided, in milliseconds
 * @param fingerprint distinguishes a repeat of the command from another command with its id
 */
public record Commit(
    StreamId stream,
    long number,
    long version,
    List<RecordedEvent> events,
    Instant time,
    CommandId command,
    Fingerprint fingerprint,
    Metadata metadata) {

  public Commit {
    events = List.copyOf(events);
  }
}
