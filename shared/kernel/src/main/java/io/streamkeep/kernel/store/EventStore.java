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
 * Streams of commits, each consistent in itself, and together when they are appended to together.
 * Every read sees every commit before it. Whatever a store can't do for now is a {@link
 * ThrottledException}.
 */
public interface EventStore {

  /** The most streams that one append can write and check. */
  int MAX_STREAMS = 100;

  /** No commit has a greater number. */
  long NEWEST = Long.MAX_VALUE;

  /**
   * A stream up to its commit {@code upTo}, from its newest usable snapshot on.
   *
   * @param usable asked of snapshots, newest first, until it says yes
   * @throws UnreadableException if a commit is broken or missing
   * @throws ThrottledException if the store asks to be called less often, and goes on doing so
   */
  History load(StreamId stream, long upTo, Predicate<Snapshot> usable);

  /** A whole stream, from its first commit to its newest. */
  default History load(StreamId stream) {
    return load(stream, NEWEST, snapshot -> false);
  }

  /**
   * Appends one commit to each of some streams, if no one has appended to any of them, nor to any
   * of those to be {@code unchanged}, after the heads given: all or nothing. Of all that append
   * after the same head exactly one succeeds. The streams are different ones, at most {@value
   * #MAX_STREAMS}.
   *
   * @throws IllegalArgumentException if a head comes from another kind of store
   * @throws ThrottledException if the store asks to be called less often, and goes on doing so
   */
  AppendResult append(List<StreamAppend> writes, List<Head> unchanged);

  /** Appends to one stream. */
  default AppendResult append(Head head, NewCommit proposal) {
    return append(List.of(new StreamAppend(head, proposal)), List.of());
  }

  /**
   * The commits after commit {@code after} (0 = from the start), oldest first: at most {@code
   * limit}, or fewer if they are large.
   *
   * @throws UnreadableException if one is broken
   * @throws ThrottledException if the store asks to be called less often, and goes on doing so
   */
  CommitPage read(StreamId stream, long after, int limit);

  /** The number of a stream's newest commit, 0 if it is empty; whether that can be read or not. */
  long headNumber(StreamId stream);

  /** Those of some commits that there are, in no order; a commit that can't be read is an error. */
  List<Commit> commits(Collection<CommitId> ids);

  /** Which commit. */
  record CommitId(StreamId stream, long number) {}

  /** Where a stream ended when it was seen. Opaque: only a store can make one. */
  interface Head {

    StreamId stream();

    /** What loading the stream up to here reads. */
    ReplaySize size();
  }

  /**
   * A loaded stream.
   *
   * @param base where it starts; null if that is the beginning
   * @param commits all after that, oldest first
   */
  record History(@Nullable Base base, List<Commit> commits, Head head) {
    public History {
      commits = List.copyOf(commits);
    }
  }

  /** A commit and the snapshot in it. */
  record Base(Commit commit, Snapshot snapshot) {}

  /** A part of a stream, and whether there is more after it. */
  record CommitPage(List<Commit> commits, boolean more) {
    public CommitPage {
      commits = List.copyOf(commits);
    }
  }

  /** One stream's part of an append. */
  record StreamAppend(Head head, NewCommit proposal) {}

  /**
   * A commit to be; the store numbers it.
   *
   * @param events not empty
   * @param snapshot asked for the state after the commit when a snapshot is due; it may have none
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
        throw new IllegalArgumentException("A commit has at least one event");
      }
    }

    /** One that never has a snapshot. */
    public NewCommit(
        List<RecordedEvent> events,
        Instant time,
        CommandId command,
        Fingerprint fingerprint,
        Metadata metadata) {
      this(events, time, command, fingerprint, metadata, commit -> Optional.empty());
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

  /** How an append ended; a lost race is a value, not an exception. Only one kind has written. */
  sealed interface AppendResult {

    /** All is written; the parts are in the order of the writes. */
    record Appended(List<AppendedCommit> parts) implements AppendResult {
      public Appended {
        parts = List.copyOf(parts);
      }
    }

    /** Somebody else has appended after the same heads: at least one of {@code moved}. */
    record Conflict(List<ConcurrentCommit> moved) implements AppendResult {
      public Conflict {
        moved = List.copyOf(moved);
      }
    }

    /** Another transaction was at work on a stream; who wins is not known. */
    record TransactionConflict() implements AppendResult {}

    /** The store asks to be called less often; only where it has not been asked again already. */
    record Throttled() implements AppendResult {}

    /**
     * It could never be written.
     *
     * @param size what it would be: bytes as stored, or streams if the limit is of these
     */
    record TooLarge(Limit limit, long size) implements AppendResult {}
  }

  /**
   * A commit that was written.
   *
   * @param head the stream's, after it
   * @param snapshotLeftOut whether a snapshot was due but too large to go with it
   */
  record AppendedCommit(Commit commit, Head head, boolean snapshotLeftOut) {}

  /**
   * A stream that went on.
   *
   * @param winner the commit after the head that was given; there may be more
   * @param head the stream's, after the winner
   */
  record ConcurrentCommit(Commit winner, Head head) {}

  /**
   * What a store can't take: in all stores what DynamoDB can't.
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

    private final long most;

    Limit(long most) {
      this.most = most;
    }

    /** The largest that is taken. */
    public long most() {
      return most;
    }
  }
}
