package io.streamkeep.kernel.store;

import io.streamkeep.kernel.metadata.Metadata;
import java.time.Instant;
import java.util.List;

/**
 * What one command did to one stream: all of its events, atomically.
 *
 * @param stream whose
 * @param number 1, 2, 3 … without gaps
 * @param version how many events the stream has after it
 * @param events at least one, in order
 * @param time when it was appended, in milliseconds
 * @param command the id of the command that did it
 * @param fingerprint tells whether a later command with the same id is the same command
 * @param metadata how it came about
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
