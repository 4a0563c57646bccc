package io.streamkeep.testkit;

import io.streamkeep.kernel.Parked;
import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Total;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.View.Row;
import io.streamkeep.kernel.ViewStore;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The reference: what a view store is, in memory. */
public final class InMemoryViewStore implements ViewStore {

  private static final Kept NOTHING = new Kept(null, 0, null);

  private final Map<Key, Kept> rows = new HashMap<>();
  private final Map<String, Map<String, Map<String, BigInteger>>> totals = new HashMap<>();

  private record Key(String view, StreamId stream) {}

  private record Kept(@Nullable Row row, long commit, @Nullable Parked since) implements Projected {

    @Override
    public boolean parked() {
      return since != null;
    }
  }

  @Override
  public synchronized Projected find(String view, StreamId stream) {
    return kept(new Key(view, stream));
  }

  private Kept kept(Key key) {
    return rows.getOrDefault(key, NOTHING);
  }

  @Override
  public synchronized Optional<Projected> put(
      View view, StreamId stream, Projected before, Row next, long commit, List<Total> adds) {
    Key key = new Key(view.name(), stream);
    Kept old = kept(key);
    if (old.commit != before.commit() || (old.parked() && !before.parked())) {
      return Optional.empty();
    }
    Kept kept = new Kept(next, commit, null);
    rows.put(key, kept);
    adds.forEach(this::add);
    return Optional.of(kept);
  }

  private void add(Total total) {
    Map<String, BigInteger> sums =
        totals
            .computeIfAbsent(total.group(), group -> new TreeMap<>())
            .computeIfAbsent(total.rank(), rank -> new TreeMap<>());
    total.amounts().forEach((name, n) -> sums.merge(name, BigInteger.valueOf(n), BigInteger::add));
  }

  /** The totals of a group: amounts by their names, by rank. */
  public synchronized Map<String, Map<String, BigInteger>> totals(String group) {
    Map<String, Map<String, BigInteger>> copy = new TreeMap<>();
    totals
        .getOrDefault(group, Map.of())
        .forEach((rank, amounts) -> copy.put(rank, Map.copyOf(amounts)));
    return copy;
  }

  @Override
  public synchronized void park(Pointer pointer, String reason, Instant at) {
    Key key = new Key(pointer.subscriber(), pointer.stream());
    Kept now = kept(key);
    if (now.commit == pointer.commit() - 1) {
      Parked parked =
          now.since == null
              ? new Parked(pointer, reason, at, at, 1)
              : new Parked(pointer, reason, now.since.first(), at, now.since.tries() + 1);
      rows.put(key, new Kept(now.row, now.commit, parked));
    }
  }

  /** All that is parked. */
  public synchronized List<Parked> parked() {
    return rows.values().stream().map(Kept::since).filter(Objects::nonNull).toList();
  }
}
