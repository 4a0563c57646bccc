package io.streamkeep.kernel.memory;

import static java.util.Comparator.comparing;

import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.ParkedReader;
import io.streamkeep.kernel.subscription.RedriveMarks;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The reference implementation of a view store and its readers. Thread-safe. */
public final class InMemoryViewStore implements ViewStore, ViewReader, ParkedReader, RedriveMarks {

  private static final Entry NONE = new Entry(null, 0, null);

  private final Map<Key, Entry> entries = new HashMap<>();
  private final Map<Key, String> redrives = new HashMap<>();
  private final Map<String, Map<String, Map<String, BigInteger>>> totals = new HashMap<>();

  private record Key(String view, StreamId stream) {}

  private record Entry(@Nullable Row row, long commit, @Nullable Parked since)
      implements StoredRow {

    @Override
    public @Nullable String data() {
      return row == null ? null : row.data();
    }

    @Override
    public boolean parked() {
      return since != null;
    }
  }

  @Override
  public synchronized StoredRow find(String view, StreamId stream) {
    return entry(new Key(view, stream));
  }

  private Entry entry(Key key) {
    return entries.getOrDefault(key, NONE);
  }

  @Override
  public Optional<StoredRow> advance(
      String subscriber, StreamId stream, StoredCursor before, long commit) {
    return replace(new Key(subscriber, stream), before, new Entry(null, commit, null));
  }

  @Override
  public synchronized Optional<StoredRow> put(
      String view,
      StreamId stream,
      StoredRow before,
      Row next,
      long commit,
      List<AggregateTotal> adds) {
    Optional<StoredRow> put = replace(new Key(view, stream), before, new Entry(next, commit, null));
    put.ifPresent(done -> adds.forEach(this::add));
    return put;
  }

  @Override
  public synchronized boolean remove(
      String view, StreamId stream, StoredCursor before, List<AggregateTotal> adds) {
    Key key = new Key(view, stream);
    if (replace(key, before, NONE).isEmpty()) {
      return false;
    }
    entries.remove(key);
    adds.forEach(this::add);
    return true;
  }

  private synchronized Optional<StoredRow> replace(Key key, StoredCursor before, Entry next) {
    Entry old = entry(key);
    if (old.commit != before.commit() || (old.parked() && !before.parked())) {
      return Optional.empty();
    }
    entries.put(key, next);
    return Optional.of(next);
  }

  private void add(AggregateTotal total) {
    Map<String, BigInteger> sums =
        totals
            .computeIfAbsent(total.group(), group -> new TreeMap<>())
            .computeIfAbsent(total.sortKey(), sortKey -> new TreeMap<>());
    total.amounts().forEach((name, n) -> sums.merge(name, BigInteger.valueOf(n), BigInteger::add));
  }

  /** The totals of a group: amounts by name, by sort key. */
  public synchronized Map<String, Map<String, BigInteger>> totals(String group) {
    Map<String, Map<String, BigInteger>> copy = new TreeMap<>();
    totals
        .getOrDefault(group, Map.of())
        .forEach((sortKey, amounts) -> copy.put(sortKey, Map.copyOf(amounts)));
    return copy;
  }

  @Override
  public <T> Page<T> totals(
      String group,
      String from,
      String to,
      @Nullable String after,
      Function<TotalRow, Optional<T>> read,
      int limit) {
    return Page.of(
        totals(group).entrySet().stream()
            .map(total -> new TotalRow(total.getKey(), total.getValue()))
            .filter(total -> total.sortKey().compareTo(from) >= 0)
            .filter(total -> total.sortKey().compareTo(to) <= 0 || total.sortKey().startsWith(to))
            .filter(total -> after == null || total.sortKey().compareTo(after) > 0)
            .flatMap(
                total ->
                    Listed.read(total.sortKey(), total.sortKey(), () -> read.apply(total))
                        .stream()),
        limit);
  }

  /** A row of the list that is read. */
  private record ListedRow(ListKey key, StreamId stream, String data) {

    private static Stream<ListedRow> of(Key key, Entry entry) {
      Row row = entry.row();
      return row == null || row.listKey() == null
          ? Stream.of()
          : Stream.of(new ListedRow(row.listKey(), key.stream(), row.data()));
    }

    private String sortKey() {
      return key.sortKey();
    }
  }

  @Override
  public synchronized <T> Page<T> list(
      String list, Function<String, T> read, @Nullable String before, int limit) {
    return Page.of(
        entries.entrySet().stream()
            .flatMap(entry -> ListedRow.of(entry.getKey(), entry.getValue()))
            .filter(row -> row.key().list().equals(list))
            .filter(row -> before == null || row.sortKey().compareTo(before) < 0)
            .sorted(comparing(ListedRow::sortKey).reversed())
            .flatMap(
                row ->
                    Listed.read(
                        row.sortKey(),
                        row.stream().toString(),
                        () -> Optional.of(read.apply(row.data())))
                        .stream()),
        limit);
  }

  @Override
  public synchronized void park(ParkedPosition position, String reason, Instant at) {
    Key key = new Key(position.subscriber(), position.stream());
    Entry now = entry(key);
    if (now.commit == position.commit() - 1) {
      Parked parked =
          now.since == null
              ? new Parked(position, reason, at, at, 1, null)
              : new Parked(position, reason, now.since.first(), at, now.since.attempts() + 1, null);
      entries.put(key, new Entry(now.row, now.commit, parked));
      redrives.remove(key);
    }
  }

  @Override
  public synchronized boolean mark(String subscriber, StreamId stream, String redrive, Instant at) {
    Key key = new Key(subscriber, stream);
    Entry now = entry(key);
    Parked parked = now.since;
    if (parked == null || isSentByOther(parked, redrive, redrives.get(key), at)) {
      return false;
    }
    redrives.put(key, redrive);
    Parked sent =
        new Parked(
            parked.position(),
            parked.reason(),
            parked.first(),
            parked.last(),
            parked.attempts(),
            at);
    entries.put(key, new Entry(now.row, now.commit, sent));
    return true;
  }

  private static boolean isSentByOther(
      Parked parked, String redrive, @Nullable String sender, Instant at) {
    Instant sent = parked.sent();
    return sent != null && !sent.isBefore(at.minus(EXPIRY)) && !redrive.equals(sender);
  }

  /** All that is parked. */
  public synchronized List<Parked> parked() {
    return entries.values().stream().map(Entry::since).filter(Objects::nonNull).toList();
  }

  @Override
  public List<Parked> parked(StreamId stream) {
    return parked().stream()
        .filter(parked -> parked.position().stream().equals(stream))
        .sorted(comparing(parked -> parked.position().subscriber()))
        .toList();
  }

  @Override
  public List<Parked> parked(String subscriber, @Nullable StreamId after, int limit) {
    String start = after == null ? "" : after.toString();
    return parked().stream()
        .filter(parked -> parked.position().subscriber().equals(subscriber))
        .filter(parked -> parked.position().stream().toString().compareTo(start) > 0)
        .sorted(comparing(parked -> parked.position().stream().toString()))
        .limit(limit)
        .toList();
  }
}
