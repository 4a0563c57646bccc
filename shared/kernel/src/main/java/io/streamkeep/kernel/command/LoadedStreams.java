package io.streamkeep.kernel.command;

import static java.util.stream.Collectors.toSet;

import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.ConcurrentCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.StreamId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is known of the streams that take part in a command, while it is carried out. */
final class LoadedStreams {

  private final EventStore store;
  private final StreamCache warm;
  private final List<StreamRef<?, ?>> participants;
  private final Map<StreamId, LoadedStream<?, ?>> known = new LinkedHashMap<>();

  LoadedStreams(EventStore store, StreamCache warm, List<StreamRef<?, ?>> participants) {
    this.store = store;
    this.warm = warm;
    this.participants = List.copyOf(participants);
  }

  /** Takes what is warm and trusted, and loads the rest. */
  void gather(Predicate<StreamId> trusted) {
    participants.forEach(
        participant -> known.put(participant.stream(), look(participant, trusted)));
  }

  private <E, S> LoadedStream<E, S> look(StreamRef<E, S> participant, Predicate<StreamId> trusted) {
    return warm.find(participant)
        .filter(found -> trusted.test(participant.stream()))
        .orElseGet(() -> load(participant));
  }

  private <E, S> LoadedStream<E, S> load(StreamRef<E, S> participant) {
    return LoadedStream.load(store, participant, EventStore.NEWEST);
  }

  /** Whether it is about one stream. */
  boolean single() {
    return participants.size() == 1;
  }

  /** That a command is done, with how the streams are. */
  Outcome<StreamStates> done() {
    return done(states());
  }

  private Outcome<StreamStates> done(StreamStates states) {
    return new Outcome.Completed<>(states, states.commit(participants.getFirst()));
  }

  StreamStates states() {
    return new StreamStates(known);
  }

  LoadedStream<?, ?> of(StreamRef<?, ?> participant) {
    return Optional.ofNullable(known.get(participant.stream()))
        .orElseThrow(() -> new IllegalArgumentException("Takes no part: " + participant.stream()));
  }

  /** The number of the first stream's newest commit that is known (0 = none). */
  long commit() {
    return of(participants.getFirst()).now().commit();
  }

  /** The streams that were loaded since the command came in. */
  Set<StreamId> loaded() {
    return known.entrySet().stream()
        .filter(one -> one.getValue().current())
        .map(Map.Entry::getKey)
        .collect(toSet());
  }

  /** Whether all was loaded since the command came in, and has not been passed by since. */
  boolean current() {
    return known.values().stream().allMatch(LoadedStream::current);
  }

  void reload(Collection<StreamId> streams) {
    participants.stream()
        .filter(participant -> streams.contains(participant.stream()))
        .forEach(participant -> known.put(participant.stream(), load(participant)));
  }

  void reload() {
    reload(List.copyOf(known.keySet()));
  }

  /** The heads of all streams that are not written to. */
  List<Head> headsBut(Set<Head> written) {
    return known.values().stream()
        .map(LoadedStream::head)
        .filter(head -> !written.contains(head))
        .toList();
  }

  void takeIn(AppendedCommit stored) {
    StreamId stream = stored.commit().stream();
    known.computeIfPresent(stream, (s, one) -> one.after(stored.commit(), stored.head()));
  }

  void takeIn(ConcurrentCommit moved) {
    StreamId stream = moved.winner().stream();
    known.computeIfPresent(stream, (s, one) -> one.after(moved.winner(), moved.head()));
  }

  void keep() {
    known.values().forEach(warm::put);
  }

  /**
   * How a command ended when it was carried out before: with the streams that it changed as it left
   * them, and the others as they are. Empty if it was not.
   */
  Optional<Outcome<StreamStates>> repeat(CommandEnvelope<?> request) {
    Map<StreamId, LoadedStream.Past<?, ?>> pasts = pasts(request.id());
    if (pasts.isEmpty()) {
      return Optional.empty();
    }
    if (pasts.size() < known.size() && !current()) {
      // What is warm of the others may be from before it.
      reload(known.keySet().stream().filter(s -> !pasts.containsKey(s)).toList());
      pasts.putAll(pasts(request.id()));
    }
    Map<StreamId, LoadedStream<?, ?>> then = new LinkedHashMap<>(known);
    for (Map.Entry<StreamId, LoadedStream.Past<?, ?>> past : pasts.entrySet()) {
      if (!past.getValue().commit().fingerprint().equals(request.fingerprint())) {
        return Optional.of(new Outcome.CommandIdReused<>());
      }
      then.put(past.getKey(), past.getValue().known());
    }
    return Optional.of(done(new StreamStates(then)));
  }

  /** What the very command did to each stream before. */
  private Map<StreamId, LoadedStream.Past<?, ?>> pasts(CommandId id) {
    Map<StreamId, LoadedStream.Past<?, ?>> pasts = new HashMap<>();
    for (StreamRef<?, ?> participant : participants) {
      LoadedStream.Past<?, ?> past = past(participant, id);
      if (past != null) {
        pasts.put(participant.stream(), past);
      }
    }
    return pasts;
  }

  private LoadedStream.@Nullable Past<?, ?> past(StreamRef<?, ?> participant, CommandId id) {
    LoadedStream<?, ?> now = of(participant);
    for (long number : now.now().recent().find(id, now.now().commit()).toArray()) {
      LoadedStream.Past<?, ?> past = at(participant, now, number);
      if (past.commit().command().equals(id)) {
        return past;
      }
    }
    return null;
  }

  private LoadedStream.Past<?, ?> at(
      StreamRef<?, ?> participant, LoadedStream<?, ?> now, long number) {
    Optional<? extends LoadedStream.Past<?, ?>> past = now.at(number);
    return past.isPresent()
        ? past.get()
        : LoadedStream.load(store, participant, number).at(number).orElseThrow();
  }
}
