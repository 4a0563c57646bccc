package io.streamkeep.kernel.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.CommitSamples;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The reference implementation of an event store. Sizes are those of events and snapshots; every
 * commit is in the sample. Thread-safe.
 */
public final class InMemoryEventStore implements EventStore, CommitSamples {

  private final Map<StreamId, List<Item>> streams = new HashMap<>();

  private record Item(Commit commit, @Nullable Snapshot snapshot) {

    long bytes() {
      long events = commit.events().stream().mapToLong(event -> bytes(event.data())).sum();
      return events + (snapshot == null ? 0 : bytes(snapshot));
    }

    private static long bytes(Snapshot snapshot) {
      return bytes(snapshot.state()) + snapshot.commands().toBytes().length;
    }

    private static long bytes(String text) {
      return text.getBytes(UTF_8).length;
    }
  }

  private record Position(StreamId stream, long commit, long version, ReplaySize size)
      implements Head {

    Position after(Item item) {
      ReplaySize next =
          item.snapshot() == null ? size.with(item.bytes()) : ReplaySize.snapshot(item.bytes());
      return new Position(stream, item.commit().number(), item.commit().version(), next);
    }
  }

  @Override
  public synchronized History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
    Position head = new Position(stream, 0, 0, ReplaySize.NOTHING);
    Base base = null;
    List<Commit> commits = new ArrayList<>();
    for (Item item : items(stream).stream().limit(upTo).toList().reversed()) {
      Snapshot snapshot = item.snapshot();
      if (snapshot != null && usable.test(snapshot)) {
        base = new Base(item.commit(), snapshot);
        head = head.after(item);
        break;
      }
      commits.addFirst(item.commit());
    }
    for (Commit commit : commits) {
      head = head.after(new Item(commit, null));
    }
    return new History(base, commits, head);
  }

  @Override
  public synchronized AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
    int streams = writes.size() + unchanged.size();
    if (streams > Limit.STREAMS.max()) {
      return new AppendResult.TooLarge(Limit.STREAMS, streams);
    }
    List<ConcurrentCommit> winners =
        Stream.concat(writes.stream().map(StreamAppend::head), unchanged.stream())
            .flatMap(head -> winner(at(head)).stream())
            .toList();
    List<Item> items = writes.stream().map(InMemoryEventStore::item).toList();
    for (Item item : items) {
      if (item.bytes() > Limit.COMMIT_BYTES.max()) {
        return new AppendResult.TooLarge(Limit.COMMIT_BYTES, item.bytes());
      }
    }
    if (!winners.isEmpty()) {
      return new AppendResult.Conflict(winners);
    }
    List<AppendedCommit> stored = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      Item item = items.get(i);
      this.streams.computeIfAbsent(item.commit().stream(), s -> new ArrayList<>()).add(item);
      stored.add(new AppendedCommit(item.commit(), at(writes.get(i).head()).after(item), false));
    }
    return new AppendResult.Appended(stored);
  }

  private static Item item(StreamAppend write) {
    Position at = at(write.head());
    Commit commit = write.commit().after(at.stream(), at.commit(), at.version());
    Item item = new Item(commit, null);
    if (!at.after(item).size().due()) {
      return item;
    }
    Item withSnapshot = new Item(commit, write.commit().snapshot().apply(commit).orElse(null));
    return at.size().shouldSnapshot(withSnapshot.bytes() - item.bytes()) ? withSnapshot : item;
  }

  private Optional<ConcurrentCommit> winner(Position at) {
    List<Item> items = items(at.stream());
    if (items.size() == at.commit()) {
      return Optional.empty();
    }
    Item winner = items.get((int) at.commit());
    return Optional.of(new ConcurrentCommit(winner.commit(), at.after(winner)));
  }

  private static Position at(Head head) {
    if (head instanceof Position at) {
      return at;
    }
    throw new IllegalArgumentException("A head of another store");
  }

  @Override
  public synchronized CommitPage read(StreamId stream, long after, int limit) {
    List<Commit> rest = items(stream).stream().skip(after).map(Item::commit).toList();
    return new CommitPage(rest.stream().limit(limit).toList(), rest.size() > limit);
  }

  @Override
  public synchronized long headNumber(StreamId stream) {
    return items(stream).size();
  }

  @Override
  public synchronized List<Commit> commits(Collection<CommitId> ids) {
    return ids.stream()
        .distinct()
        .filter(id -> id.number() > 0)
        .flatMap(id -> items(id.stream()).stream().skip(id.number() - 1).limit(1))
        .map(Item::commit)
        .toList();
  }

  @Override
  public synchronized Set<StreamId> streams(Instant until, int limit) {
    return streams.values().stream()
        .flatMap(List::stream)
        .map(Item::commit)
        .filter(commit -> !commit.time().isAfter(until))
        .sorted(comparing(Commit::time).reversed())
        .limit(limit)
        .map(Commit::stream)
        .collect(toSet());
  }

  @Override
  public Map<CommitId, Instant> times(Collection<CommitId> ids) {
    return commits(ids).stream()
        .collect(toMap(commit -> new CommitId(commit.stream(), commit.number()), Commit::time));
  }

  private List<Item> items(StreamId stream) {
    return streams.getOrDefault(stream, List.of());
  }
}
