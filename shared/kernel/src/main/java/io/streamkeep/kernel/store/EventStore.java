package io.streamkeep.kernel.store;

import io.streamkeep.kernel.metadata.Metadata;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Streams of commits. Each stream is consistent in itself, and streams that are appended to
 * together are consistent with each other. Every read sees every earlier commit.
 */
public interface EventStore {

  /** The most streams that one append can write and check. */
  int MAX_STREAMS = 100;

  /** Greater than any commit number. */
  long NEWEST = Long.MAX_VALUE;

  /**
   * Loads a stream up to commit {@code upTo}, from its newest usable snapshot.
   *
   * @param usable called with snapshots, newest first, until it accepts one
   * @throws UnreadableException if a commit is broken or missing
   * @throws ThrottledException if the store throttles, and did so for all retries
   */
  History load(StreamId stream, long upTo, Predicate<Snapshot> usable);

  /** Loads a whole stream, from its first commit to its newest. */
  default History load(StreamId stream) {
    return load(stream, NEWEST, snapshot -> false);
  }

  /**
   * Appends one commit to each of some streams, all or nothing, if none of these streams nor of the
   * {@code unchanged} ones has advanced beyond the given heads. Of all appends after the same head
   * exactly one succeeds. The streams are distinct, at most {@value #MAX_STREAMS}.
   *
   * @throws IllegalArgumentException if a head comes from another kind of store
   * @throws ThrottledException if the store throttles, and did so for all retries
   */
  AppendResult append(List<StreamAppend> writes, List<Head> unchanged);

  /** Appends to one stream. */
  default AppendResult append(Head head, NewCommit commit) {
    return append(List.of(new StreamAppend(head, commit)), List.of());
  }

  /**
   * The commits after commit {@code after} (0 = from the start), oldest first: at most {@code
   * limit}, fewer if they are large or one after them is broken.
   *
   * @throws UnreadableException if the first one is broken
   * @throws ThrottledException if the store throttles, and did so for all retries
   */
  CommitPage read(StreamId stream, long after, int limit);

  /** The number of a stream's newest commit, readable or not; 0 if the stream is empty. */
  long headNumber(StreamId stream);

  /** Returns the given commits that exist, in no order; an unreadable commit is an error. */
  List<Commit> commits(Collection<CommitId> ids);

  /** Identifies a commit. */
  record CommitId(StreamId stream, long number) {}

  /** The end of a stream when it was read. Opaque: only a store can create one. */
  interface Head {

    StreamId stream();

    /** The size of a load of the stream up to here. */
    ReplaySize size();
  }

  /**
   * A loaded stream.
   *
   * @param base the snapshot from which it starts, or null for its beginning
   * @param commits all commits after that, oldest first
   */
  record History(@Nullable Base base, List<Commit> commits, Head head) {
    public History {
      commits = List.copyOf(commits);
    }
  }

  /** A commit and the snapshot stored with it. */
  record Base(Commit commit, Snapshot snapshot) {}

  /** A part of a stream, and whether there is more after it. */
  record CommitPage(List<Commit> commits, boolean more) {
    public CommitPage {
      commits = List.copyOf(commits);
    }
  }

  /** One stream's part of an append. */
  record StreamAppend(Head head, NewCommit commit) {}

  /**
   * A commit to be appended; the store numbers it.
   *
   * @param events not empty
   * @param snapshot called with the numbered commit when a snapshot is due; may return none
   */
  record NewCommit(
      List<RecordedEvent> events,
      Instant time,
      CommandId command,
      Fingerprint fingerprint,
      Metadata metadata,
      Function<Commit, Optional<Snapshot>> snapshot) {
    public NewCommit {
      events = List.copyOf(events);
      if (events.isEmpty()) {
        throw new IllegalArgumentException("A commit needs at least one event");
      }
    }

    /** A commit without a snapshot. */
    public NewCommit(
        List<RecordedEvent> events,
        Instant time,
        CommandId command,
        Fingerprint fingerprint,
        Metadata metadata) {
      this(events, time, command, fingerprint, metadata, commit -> Optional.empty());
    }

    /** This commit after the one with {@code number} and {@code version}. */
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

  /**
   * The result of an append; a conflict is a value, not an exception. Only one kind has written.
   */
  sealed interface AppendResult {

    /** Everything is written; the commits are in the order of the writes. */
    record Appended(List<AppendedCommit> commits) implements AppendResult {
      public Appended {
        commits = List.copyOf(commits);
      }
    }

    /** Other writers appended after the same heads; at least one of them is known. */
    record Conflict(List<ConcurrentCommit> winners) implements AppendResult {
      public Conflict {
        winners = List.copyOf(winners);
      }
    }

    /** Another transaction was in progress on one of the streams; its outcome is unknown. */
    record TransactionConflict() implements AppendResult {}

    /** The store throttled a request that is not retried below this interface. */
    record Throttled() implements AppendResult {}

    /**
     * The append can never be written.
     *
     * @param size the size of the append: bytes as stored, or streams if the limit counts streams
     */
    record TooLarge(Limit limit, long size) implements AppendResult {}
  }

  /**
   * A commit that was written.
   *
   * @param head the stream's head after it
   * @param snapshotLeftOut true if a snapshot was due but too large
   */
  record AppendedCommit(Commit commit, Head head, boolean snapshotLeftOut) {}

  /**
   * Another writer's commit.
   *
   * @param winner the commit right after the given head; there may be more
   * @param head the stream's head after it
   */
  record ConcurrentCommit(Commit winner, Head head) {}

  /**
   * The limits of an append: in all stores those of DynamoDB.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html">Quotas
   *     in Amazon DynamoDB</a>: an item's size, a transaction's size and items
   */
  enum Limit {
    /** A commit, as it is stored, in bytes. */
    COMMIT_BYTES(400 * 1024),
    /** All commits of one append together, in bytes. */
    APPEND_BYTES(4 * 1024 * 1024),
    /** Streams that are written or checked in one append. */
    STREAMS(MAX_STREAMS);

    private final long max;

    Limit(long max) {
      this.max = max;
    }

    public long max() {
      return max;
    }
  }
}
