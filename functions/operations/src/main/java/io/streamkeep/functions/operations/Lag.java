package io.streamkeep.functions.operations;

import io.streamkeep.kernel.reconcile.Cursors;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.store.CommitSamples;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Measures how far subscribers are behind: compares their cursors with the commits of a few
 * streams, sampled from the event store at growing ages, and of those that have been parked
 * longest. It depends on no subscriber. Lag in other streams is left to the reconciler.
 *
 * @param clock the time from which ages are counted
 */
record Lag(CommitSamples samples, Cursors cursors, ParkedReader parked, InstantSource clock) {

  /** Ages of the sampled commits; the first is in the future, since other clocks may be ahead. */
  private static final List<Duration> AGES =
      List.of(
          Duration.ofHours(-1),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(1));

  /** Sampled commits of each age; limits the cost to a Query and two keys a subscriber for each. */
  private static final int SAMPLES = 5;

  /** The maximum up to which parked positions are counted. */
  static final int MAX_PARKED = 1000;

  /** A commit and its time. */
  record TimedCommit(CommitId id, Instant time) {}

  /**
   * The lag of one subscriber.
   *
   * @param newest the latest of the compared commits that it has applied
   * @param oldest the earliest that it has not applied, parked or not
   * @param parked the number of streams in which it is parked, at most {@value #MAX_PARKED}
   */
  record SubscriberLag(
      String subscriber, Optional<TimedCommit> newest, Optional<TimedCommit> oldest, int parked) {}

  /**
   * The commits to compare for one subscriber.
   *
   * @param applied the newest applied commit of each stream
   * @param due the next commit of each stream, which may not exist yet
   */
  private record Comparison(
      String subscriber, List<CommitId> applied, List<CommitId> due, int parked) {

    private SubscriberLag at(Map<CommitId, Instant> times) {
      return new SubscriberLag(
          subscriber,
          timed(applied, times).stream().max(Comparator.comparing(TimedCommit::time)),
          timed(due, times).stream().min(Comparator.comparing(TimedCommit::time)),
          parked);
    }

    private static List<TimedCommit> timed(List<CommitId> ids, Map<CommitId, Instant> times) {
      return ids.stream()
          .filter(times::containsKey)
          .map(id -> new TimedCommit(id, Objects.requireNonNull(times.get(id))))
          .toList();
    }
  }

  List<SubscriberLag> of(List<SubscriberInfo> subscribers) {
    Map<String, List<Parked>> positions = new HashMap<>();
    subscribers.forEach(
        each -> positions.put(each.name(), parked.parked(each.name(), null, MAX_PARKED)));
    Set<StreamId> streams = new HashSet<>(sampled());
    positions.values().forEach(some -> longest(some).map(CommitId::stream).ifPresent(streams::add));
    Map<StreamId, Map<String, Cursor>> found = new HashMap<>();
    streams.forEach(stream -> found.put(stream, cursors.of(stream)));
    List<Comparison> comparisons =
        subscribers.stream()
            .map(each -> comparison(each, found, positions.getOrDefault(each.name(), List.of())))
            .toList();
    // After the cursors, so that lag is never hidden.
    Map<CommitId, Instant> times =
        samples.times(
            comparisons.stream()
                .flatMap(each -> Stream.concat(each.applied().stream(), each.due().stream()))
                .toList());
    return comparisons.stream().map(each -> each.at(times)).toList();
  }

  private Set<StreamId> sampled() {
    Set<StreamId> streams = new HashSet<>();
    Instant now = clock.instant();
    AGES.forEach(age -> streams.addAll(samples.streams(now.minus(age), SAMPLES)));
    return streams;
  }

  private static Comparison comparison(
      SubscriberInfo subscriber, Map<StreamId, Map<String, Cursor>> cursors, List<Parked> parked) {
    List<CommitId> applied = new ArrayList<>();
    List<CommitId> due = new ArrayList<>();
    longest(parked).ifPresent(due::add);
    cursors.forEach(
        (stream, all) -> {
          if (subscriber.handles().test(stream)) {
            Cursor cursor = all.get(subscriber.name());
            long last = cursor == null ? 0 : cursor.commit();
            if (last > 0) {
              applied.add(new CommitId(stream, last));
            }
            due.add(new CommitId(stream, last + 1));
          }
        });
    return new Comparison(subscriber.name(), applied, due, parked.size());
  }

  /** The commit that has been parked longest. */
  private static Optional<CommitId> longest(List<Parked> positions) {
    return positions.stream()
        .min(Comparator.comparing(Parked::first))
        .map(each -> new CommitId(each.position().stream(), each.position().commit()));
  }
}
