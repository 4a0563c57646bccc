package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.Base;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.History;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a stream: folded up to a head, with some commits before it to look back at.
 *
 * @param start where {@code commits} go on from
 * @param first the newest commit in {@code start}, or null if there is none
 * @param commits those after {@code start}, up to {@code head}
 * @param now folded up to {@code head}
 * @param current whether {@code head} was the stream's end at some time since the command came in
 */
record LoadedStream<E, S>(
    Aggregate<E, S> aggregate,
    StreamState<S> start,
    @Nullable Commit first,
    List<Commit> commits,
    StreamState<S> now,
    Head head,
    boolean current) {

  static <E, S> LoadedStream<E, S> load(EventStore store, StreamRef<E, S> participant, long upTo) {
    Aggregate<E, S> aggregate = participant.aggregate();
    Opened<S> opened = new Opened<>(aggregate.states());
    History history = store.load(participant.stream(), upTo, opened);
    Base base = history.base();
    StreamState<S> start = base == null ? StreamState.initial(aggregate) : opened.folded(base);
    StreamState<S> now = start;
    for (Commit commit : history.commits()) {
      now = now.after(aggregate, commit);
    }
    Commit first = base == null ? null : base.commit();
    return new LoadedStream<>(
        aggregate, start, first, history.commits(), now, history.head(), true);
  }

  /** After one more commit; somebody else's may have come after it. */
  LoadedStream<E, S> after(Commit next, Head then) {
    List<Commit> more = new ArrayList<>(commits);
    more.add(next);
    return new LoadedStream<>(
        aggregate, start, first, List.copyOf(more), now.after(aggregate, next), then, false);
  }

  /** The state after one more commit, to be stored in it. */
  Optional<Snapshot> snapshot(Commit next) {
    StateCodec<S> codec = aggregate.states();
    if (codec == null) {
      return Optional.empty();
    }
    StreamState<S> then = now.after(aggregate, next);
    return Optional.of(new Snapshot(codec.schema(), codec.encode(then.state()), then.recent()));
  }

  /** All that a later command needs. */
  LoadedStream<E, S> kept() {
    Commit newest = commits.isEmpty() ? first : commits.getLast();
    return new LoadedStream<>(aggregate, now, newest, List.of(), now, head, false);
  }

  /** As it was right after a commit of the stream, and that commit; empty if it is not at hand. */
  Optional<Past<E, S>> at(long number) {
    if (first != null && first.number() == number) {
      return Optional.of(new Past<>(first, up(start, List.of())));
    }
    int index = (int) (number - start.commit()) - 1;
    if (index < 0 || index >= commits.size()) {
      return Optional.empty();
    }
    List<Commit> until = commits.subList(0, index + 1);
    StreamState<S> then = start;
    for (Commit commit : until) {
      then = then.after(aggregate, commit);
    }
    return Optional.of(new Past<>(until.getLast(), up(then, until)));
  }

  private LoadedStream<E, S> up(StreamState<S> then, List<Commit> until) {
    return new LoadedStream<>(aggregate, start, first, List.copyOf(until), then, head, false);
  }

  /** A commit, and what was known right after it. */
  record Past<E, S>(Commit commit, LoadedStream<E, S> known) {}

  /** This, as what it is; the types are the aggregate's. */
  @SuppressWarnings("unchecked") // an aggregate that is equal has the same types
  <F, T> LoadedStream<F, T> as(Aggregate<F, T> type) {
    if (!aggregate.equals(type)) {
      throw new IllegalArgumentException("Another kind of aggregate: " + head.stream());
    }
    return (LoadedStream<F, T>) this;
  }

  /** Says yes to a snapshot that can be read, and keeps what it read. */
  private static final class Opened<S> implements Predicate<Snapshot> {

    private final @Nullable StateCodec<S> codec;
    private @Nullable S state;

    Opened(@Nullable StateCodec<S> codec) {
      this.codec = codec;
    }

    @Override
    public boolean test(Snapshot snapshot) {
      if (codec == null || codec.schema() != snapshot.schema()) {
        return false;
      }
      try {
        state = codec.decode(snapshot.state());
        return true;
      } catch (UnreadableException e) {
        return false; // the commits before it tell the same
      }
    }

    StreamState<S> folded(Base base) {
      if (state == null) {
        throw new IllegalStateException("The store chose a snapshot that it did not ask about");
      }
      return new StreamState<>(state, base.commit().number(), base.snapshot().commands());
    }
  }
}
