package io.streamkeep.functions.operations;

import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.kernel.feed.FeedReader;
import io.streamkeep.kernel.reconcile.Cursors;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How far the subscribers are behind, by the streams of the feed's newest commits in each of its
 * partitions: their heads, which are read, and the cursors there; and by what is parked. What is
 * behind in other streams alone is the reconciler's to find.
 */
final class Lag {

  /** Of each partition, the newest; bounds what a look costs: two Queries a stream. */
  private static final int COMMITS = 25;

  private static final int PAGE = 100;

  private final FeedReader feed;
  private final int partitions;
  private final EventStore events;
  private final Cursors cursors;
  private final DynamoViewStore rows;

  Lag(FeedReader feed, int partitions, EventStore events, Cursors cursors, DynamoViewStore rows) {
    this.feed = feed;
    this.partitions = partitions;
    this.events = events;
    this.cursors = cursors;
    this.rows = rows;
  }

  /**
   * Of one subscriber.
   *
   * @param newest by its time, the newest commit looked at that it has taken in
   * @param oldest the oldest that it has not, parked or on its way
   * @param parked in how many streams it is parked
   */
  record Of(String subscriber, Optional<Commit> newest, Optional<Commit> oldest, long parked) {}

  /** A stream that something happened in of late: all cursors, and its commits from there on. */
  private record Recent(Map<String, Cursor> cursors, List<Commit> commits) {

    private long cursor(String subscriber) {
      Cursor cursor = cursors.get(subscriber);
      return cursor == null ? 0 : cursor.commit();
    }
  }

  List<Of> of(List<SubscriberInfo> subscribers) {
    Map<StreamId, Recent> recent = recent();
    return subscribers.stream().map(subscriber -> of(subscriber, recent)).toList();
  }

  private Map<StreamId, Recent> recent() {
    Set<StreamId> streams = new HashSet<>();
    for (int partition = 0; partition < partitions; partition++) {
      feed.newest(partition, COMMITS).forEach(one -> streams.add(one.commit().stream()));
    }
    Map<StreamId, Recent> recent = new HashMap<>();
    for (StreamId stream : streams) {
      Map<String, Cursor> all = cursors.of(stream); // before the heads: no lag that is none
      long first = all.values().stream().mapToLong(Cursor::commit).min().orElse(0);
      long after = Math.max(0, first - 1);
      recent.put(stream, new Recent(all, events.read(stream, after, PAGE).commits()));
    }
    return recent;
  }

  private Of of(SubscriberInfo subscriber, Map<StreamId, Recent> recent) {
    List<Commit> taken = new ArrayList<>();
    List<Commit> due = new ArrayList<>();
    recent.forEach(
        (stream, one) -> {
          if (subscriber.handles().test(stream)) {
            long cursor = one.cursor(subscriber.name());
            one.commits().forEach(commit -> (commit.number() > cursor ? due : taken).add(commit));
          }
        });
    List<Parked> parked = rows.parked(subscriber.name()).toList();
    due.addAll(oldest(parked));
    Comparator<Commit> byTime = Comparator.comparing(Commit::time);
    return new Of(
        subscriber.name(), taken.stream().max(byTime), due.stream().min(byTime), parked.size());
  }

  /** The commit that has been parked for longest, if it can be read. */
  private List<Commit> oldest(List<Parked> parked) {
    return parked.stream()
        .min(Comparator.comparing(Parked::first))
        .map(one -> new CommitId(one.pointer().stream(), one.pointer().commit()))
        .map(id -> events.commits(List.of(id)))
        .orElse(List.of());
  }
}
