package io.streamkeep.functions.operations;

import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.reconcile.Cursors;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedReader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures how far subscribers are behind: compares the heads and cursors of the streams with the
 * newest commits in each partition of the feed, and adds parked positions. Lag in other streams is
 * left to the reconciler.
 */
final class Lag {

  /** The newest commits of each partition; limits the cost to two Queries a stream. */
  private static final int COMMITS = 25;

  private static final int PAGE = 100;

  private final FeedReader feed;
  private final int partitions;
  private final EventStore events;
  private final Cursors cursors;
  private final ParkedReader parked;

  Lag(FeedReader feed, int partitions, EventStore events, Cursors cursors, ParkedReader parked) {
    this.feed = feed;
    this.partitions = partitions;
    this.events = events;
    this.cursors = cursors;
    this.parked = parked;
  }

  /**
   * The lag of one subscriber.
   *
   * @param newest the latest of the compared commits that it has applied
   * @param oldest the earliest that it has not applied, parked or not
   * @param parked the number of streams in which it is parked
   */
  record SubscriberLag(
      String subscriber, Optional<Commit> newest, Optional<Commit> oldest, long parked) {}

  /** A recently changed stream: all cursors, and its commits from the earliest cursor on. */
  private record RecentStream(Map<String, Cursor> cursors, List<Commit> commits) {

    private long cursor(String subscriber) {
      Cursor cursor = cursors.get(subscriber);
      return cursor == null ? 0 : cursor.commit();
    }
  }

  List<SubscriberLag> of(List<SubscriberInfo> subscribers) {
    Map<StreamId, RecentStream> recent = recentStreams();
    return subscribers.stream().map(subscriber -> of(subscriber, recent)).toList();
  }

  private Map<StreamId, RecentStream> recentStreams() {
    Set<StreamId> streams = new HashSet<>();
    for (int partition = 0; partition < partitions; partition++) {
      feed.newest(partition, COMMITS).forEach(each -> streams.add(each.commit().stream()));
    }
    Map<StreamId, RecentStream> recent = new HashMap<>();
    for (StreamId stream : streams) {
      Map<String, Cursor> all = cursors.of(stream); // before the commits, so lag is never hidden
      long first = all.values().stream().mapToLong(Cursor::commit).min().orElse(0);
      long after = Math.max(0, first - 1);
      recent.put(stream, new RecentStream(all, events.read(stream, after, PAGE).commits()));
    }
    return recent;
  }

  private SubscriberLag of(SubscriberInfo subscriber, Map<StreamId, RecentStream> recent) {
    List<Commit> applied = new ArrayList<>();
    List<Commit> due = new ArrayList<>();
    recent.forEach(
        (stream, each) -> {
          if (subscriber.handles().test(stream)) {
            long cursor = each.cursor(subscriber.name());
            each.commits()
                .forEach(commit -> (commit.number() > cursor ? due : applied).add(commit));
          }
        });
    List<Parked> positions = parked.parked(subscriber.name());
    due.addAll(longestParked(positions));
    Comparator<Commit> byTime = Comparator.comparing(Commit::time);
    return new SubscriberLag(
        subscriber.name(),
        applied.stream().max(byTime),
        due.stream().min(byTime),
        positions.size());
  }

  /** The commit that has been parked longest, if it exists. */
  private List<Commit> longestParked(List<Parked> positions) {
    return positions.stream()
        .min(Comparator.comparing(Parked::first))
        .map(each -> new CommitId(each.position().stream(), each.position().commit()))
        .map(id -> events.commits(List.of(id)))
        .orElse(List.of());
  }
}
