package io.streamkeep.kernel.command;

import io.streamkeep.kernel.command.LoadedStream.PastState;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.ConcurrentCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.StreamId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The streams of a command during its execution. */
final class LoadedStreams {

  private final EventStore store;
  private final StreamCache cache;
  private final List<StreamRef<?, ?>> refs;
  private final Map<StreamId, LoadedStream<?, ?>> streams = new LinkedHashMap<>();

  LoadedStreams(EventStore store, StreamCache cache, List<StreamRef<?, ?>> refs) {
    this.store = store;
    this.cache = cache;
    this.refs = List.copyOf(refs);
  }

  /** Takes cached streams from the cache and loads the others. */
  void load() {
    for (StreamRef<?, ?> ref : refs) {
      streams.put(ref.stream(), cache.find(ref).orElseGet(() -> read(ref, EventStore.NEWEST)));
    }
  }

  void reload() {
    reload(stream -> true);
  }

  private void reload(Predicate<StreamId> which) {
    for (StreamRef<?, ?> ref : refs) {
      if (which.test(ref.stream())) {
        streams.put(ref.stream(), read(ref, EventStore.NEWEST));
      }
    }
  }

  private LoadedStream<?, ?> read(StreamRef<?, ?> ref, long upTo) {
    return LoadedStream.load(store, ref, upTo);
  }

  boolean isSingle() {
    return refs.size() == 1;
  }

  /** True if every stream was loaded during this command and none is known to have advanced. */
  boolean isCurrent() {
    return streams.values().stream().allMatch(LoadedStream::current);
  }

  StreamStates states() {
    return new StreamStates(stateByStream());
  }

  private Map<StreamId, StreamState<?, ?>> stateByStream() {
    Map<StreamId, StreamState<?, ?>> states = new HashMap<>();
    streams.forEach((id, stream) -> states.put(id, stream.state()));
    return states;
  }

  LoadedStream<?, ?> of(StreamRef<?, ?> ref) {
    return Optional.<LoadedStream<?, ?>>ofNullable(streams.get(ref.stream()))
        .orElseThrow(
            () -> new IllegalArgumentException("Not a stream of this command: " + ref.stream()));
  }

  /** The number of the first stream's newest known commit, 0 if there is none. */
  long commit() {
    return of(refs.getFirst()).state().commit();
  }

  List<Head> headsExcept(Set<Head> written) {
    return streams.values().stream()
        .map(LoadedStream::head)
        .filter(head -> !written.contains(head))
        .<Head>map(head -> head)
        .toList();
  }

  void apply(AppendedCommit appended) {
    streams.computeIfPresent(
        appended.commit().stream(),
        (id, stream) -> stream.apply(appended.commit(), appended.head()));
  }

  void apply(ConcurrentCommit concurrent) {
    streams.computeIfPresent(
        concurrent.winner().stream(),
        (id, stream) -> stream.apply(concurrent.winner(), concurrent.head()));
  }

  void cache() {
    streams.values().forEach(cache::put);
  }

  Outcome<StreamStates> completed() {
    return completed(states());
  }

  private Outcome<StreamStates> completed(StreamStates states) {
    return new Outcome.Completed<>(states, states.commit(refs.getFirst()));
  }

  /**
   * The outcome of this command if it was carried out before: the streams that it changed as it
   * left them, the others as they are now.
   */
  Optional<Outcome<StreamStates>> findPreviousOutcome(CommandEnvelope<?> envelope) {
    Map<StreamId, PastState> past = findCommitsOf(envelope.id());
    if (past.isEmpty()) {
      return Optional.empty();
    }
    if (past.size() < streams.size() && !isCurrent()) {
      // The other streams' cached states may be older than the command.
      reload(stream -> !past.containsKey(stream));
      past.putAll(findCommitsOf(envelope.id()));
    }
    Map<StreamId, StreamState<?, ?>> states = stateByStream();
    for (Map.Entry<StreamId, PastState> one : past.entrySet()) {
      if (!one.getValue().commit().fingerprint().equals(envelope.fingerprint())) {
        return Optional.of(new Outcome.CommandIdReused<>());
      }
      states.put(one.getKey(), one.getValue().state());
    }
    return Optional.of(completed(new StreamStates(states)));
  }

  private Map<StreamId, PastState> findCommitsOf(CommandId command) {
    Map<StreamId, PastState> found = new HashMap<>();
    for (StreamRef<?, ?> ref : refs) {
      PastState past = findCommitOf(command, ref);
      if (past != null) {
        found.put(ref.stream(), past);
      }
    }
    return found;
  }

  private @Nullable PastState findCommitOf(CommandId command, StreamRef<?, ?> ref) {
    LoadedStream<?, ?> stream = of(ref);
    StreamState<?, ?> state = stream.state();
    for (long number : state.recent().find(command, state.commit()).toArray()) {
      Optional<PastState> loaded = stream.at(number);
      if (loaded.isEmpty() && isCommandOf(ref.stream(), number, command)) {
        return read(ref, number).at(number).orElseThrow();
      }
      if (loaded.filter(past -> past.commit().command().equals(command)).isPresent()) {
        return loaded.get();
      }
    }
    return null;
  }

  /** Reads one commit, since most candidates that were not loaded are other commands'. */
  private boolean isCommandOf(StreamId stream, long number, CommandId command) {
    return store.read(stream, number - 1, 1).commits().stream()
        .anyMatch(commit -> commit.command().equals(command));
  }
}
