package io.streamkeep.kernel;

import java.time.Instant;
import java.util.List;

/** Streams of commits, each consistent in itself. Every read sees every commit before it. */
public interface EventStore {

  /** The whole stream, oldest first; empty if nothing was ever appended to it. */
  History load(StreamId stream);

  /**
   * Appends one commit after {@code head}, which must come from this store; of all that append
   * after the same head exactly one succeeds.
   */
  AppendResult append(Head head, Proposal proposal);

  /**
   * The commits after commit {@code after} (0 = from the start), oldest first: at most {@code
   * limit}, or fewer if they are large.
   */
  Slice read(StreamId stream, long after, int limit);

  /** Where a stream ended when it was loaded. Opaque: only a store can make one. */
  interface Head {}

  /** A loaded stream. */
  record History(List<Commit> commits, Head head) {
    public History {
      commits = List.copyOf(commits);
    }
  }

  /** A part of a stream, and whether there is more after it. */
  record Slice(List<Commit> commits, boolean more) {
    public Slice {
      commits = List.copyOf(commits);
    }
  }

  /** A commit to be; the store numbers it. {@code events} is not empty. */
  record Proposal(
      List<RecordedEvent> events,
      Instant time,
      CommandId command,
      Fingerprint fingerprint,
      Metadata metadata) {
    public Proposal {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("A commit has at least one event");
      }
    }

    /** The commit that this becomes after the one of {@code number} and {@code version}. */
    public Commit after(StreamId stream, long number, long version) {
      return new Commit(
          stream,
          number + 1,
          version + events.size(),
          events,
          time,
          command,
          fingerprint,
          metadata);
    }
  }

  /** How an append ended; a lost race is a value, not an exception. */
  sealed interface AppendResult {

    record Appended(Commit commit) implements AppendResult {}

    /** Somebody else has appended after the same head. */
    record Conflict() implements AppendResult {}
  }
}
