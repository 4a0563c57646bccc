package io.streamkeep.kernel.reconcile;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.reconcile.CommitScanner.Page;
import io.streamkeep.kernel.reconcile.CommitScanner.ScannedCommit;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.reconcile.Reconciler.Slice;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Subscriber;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReconcilerTest {

  private static final Instant START = Instant.parse("2026-11-25T20:00:00Z");
  private static final Duration OLD = ScanCycle.GRACE.plusSeconds(1);

  private Instant now = START;

  /** A commit and the time from which it is visible. */
  private record Visible(ScannedCommit commit, Instant since) {}

  private final TreeMap<String, Visible> store = new TreeMap<>();
  private final Map<StreamId, Map<String, Cursor>> cursors = new HashMap<>();
  private final List<StreamId> compared = new ArrayList<>();
  private final List<MissedDelivery> missed = new ArrayList<>();
  private int pageSize = 3;
  private int pages = 2;
  private int markers;

  /** Differs in each cycle, so that none rests, unless a test sets its own. */
  private ChangeMarker marker = () -> "m" + markers++;

  private final InstantSource clock = () -> now;

  private static StreamId stream(String key) {
    return new StreamId("letters", key);
  }

  private static String position(StreamId stream, long number) {
    return "%s/%09d".formatted(stream, number);
  }

  private void append(String key, long number, @Nullable Instant time, Instant since) {
    String position = position(stream(key), number);
    store.put(position, new Visible(new ScannedCommit(stream(key), number, time, position), since));
  }

  private void append(String key, long number) {
    append(key, number, now, now);
  }

  private Page page(@Nullable String after) {
    List<ScannedCommit> visible =
        (after == null ? store : store.tailMap(after, false))
            .values().stream()
                .filter(one -> !one.since().isAfter(now))
                .map(Visible::commit)
                .toList();
    List<ScannedCommit> some = visible.stream().limit(pageSize).toList();
    return new Page(some, 0, some.size() < visible.size() ? some.getLast().position() : null);
  }

  private void apply(String subscriber, String key, Cursor cursor) {
    cursors.computeIfAbsent(stream(key), s -> new HashMap<>()).put(subscriber, cursor);
  }

  private Map<String, Cursor> cursors(StreamId stream) {
    compared.add(stream);
    return cursors.getOrDefault(stream, Map.of());
  }

  private void repair(MissedDelivery one) {
    missed.add(one);
    one.positions()
        .forEach(
            position ->
                apply(position.subscriber(), one.stream().key(), new Cursor(one.commit(), false)));
  }

  private Reconciler reconciler() {
    return new Reconciler(
        this::page,
        () -> marker.current(),
        this::cursors,
        List.of(new Handling("first", "letters"), new Handling("second", "letters")),
        clock,
        pages);
  }

  private Slice slice(ScanCycle cycle) {
    return reconciler().slice(cycle, Instant.MAX, this::repair);
  }

  /** Runs slices until the cycle ends; each takes a minute. */
  private ScanCycle cycle(ScanCycle from) {
    Slice slice;
    do {
      slice = slice(from);
      from = slice.next();
      now = now.plusSeconds(60);
    } while (!slice.ended());
    return from;
  }

  private MissedDelivery missed(String key, long commit, Map<String, Long> first) {
    return new MissedDelivery(
        stream(key),
        commit,
        new TreeMap<>(first)
            .entrySet().stream()
                .map(
                    lack ->
                        new ParkedPosition(
                            lack.getKey(), stream(key), lack.getValue(), Metadata.NONE))
                .toList());
  }

  @Test
  void subscribersThatAreBehindAreRepairedUpToTheNewestCommitThatIsOldEnough() {
    append("a", 1);
    append("a", 2);
    append("b", 1);
    now = now.plus(OLD);
    append("b", 2);
    apply("first", "a", new Cursor(2, false));
    apply("second", "a", new Cursor(1, false));

    Slice slice = slice(ScanCycle.first(now));

    assertThat(missed)
        .containsExactly(
            missed("a", 2, Map.of("second", 2L)),
            missed("b", 1, Map.of("first", 1L, "second", 1L)));
    assertThat(slice.missed()).isEqualTo(3);
    assertThat(slice.compared()).isEqualTo(2);
    assertThat(slice.commits()).isEqualTo(4);
    assertThat(slice.ended()).isTrue();
    missed.clear();
    assertThat(slice(slice.next()).missed()).isZero();
  }

  @Test
  void youngCommitsAreNotCompared() {
    append("a", 1);
    now = now.plus(ScanCycle.GRACE).minusMillis(1);
    Slice early = slice(ScanCycle.first(now));
    assertThat(early.compared()).isZero();

    now = now.plusMillis(1);
    assertThat(slice(early.next()).missed()).isEqualTo(2);
  }

  /** Otherwise it would be missing for as long as that clock was ahead. */
  @Test
  void commitFromTheFutureIsComparedImmediately() {
    append("a", 1, now.plus(Duration.ofHours(1)), now);
    append("b", 1, now.plus(ScanCycle.GRACE).minusMillis(1), now);

    slice(ScanCycle.first(now));

    assertThat(missed).containsExactly(missed("a", 1, Map.of("first", 1L, "second", 1L)));
  }

  @Test
  void parkedSubscriberIsLeftToRedelivery() {
    append("a", 1);
    now = now.plus(OLD);
    apply("first", "a", new Cursor(0, true));

    slice(ScanCycle.first(now));

    assertThat(missed).containsExactly(missed("a", 1, Map.of("second", 1L)));
  }

  @Test
  void streamWithoutSubscribersIsNotCompared() {
    StreamId other = new StreamId("numbers", "a");
    store.put("x", new Visible(new ScannedCommit(other, 1, now, "x"), now));
    now = now.plus(OLD);

    assertThat(slice(ScanCycle.first(now)).compared()).isZero();
    assertThat(compared).isEmpty();
  }

  @Test
  void commitWithoutReadableTimeIsAlwaysCompared() {
    append("a", 1, null, now);
    ScanCycle second = cycle(cycle(ScanCycle.first(now)));
    now = now.plus(Duration.ofDays(1));
    cycle(second);

    assertThat(compared).hasSize(3);
    assertThat(missed).hasSize(1);
  }

  @Test
  void onlyStreamsThatChangedSinceThePreviousCycleAreCompared() {
    append("a", 1);
    append("b", 1);
    now = now.plus(Duration.ofHours(1));
    ScanCycle second = cycle(ScanCycle.first(now));
    assertThat(compared).containsExactly(stream("a"), stream("b"));
    compared.clear();

    append("b", 2);
    now = now.plus(Duration.ofHours(1));
    ScanCycle third = cycle(second);
    assertThat(compared).containsExactly(stream("b"));

    now = now.plus(Duration.ofHours(1));
    ScanCycle fourth = cycle(third);
    compared.clear();
    cycle(fourth);
    assertThat(compared).isEmpty();
  }

  @Test
  void nextSliceContinuesWhereTheLastOneEnded() {
    for (int i = 1; i <= 10; i++) {
      append("long", i);
    }
    append("z", 1);
    now = now.plus(OLD);

    Slice first = slice(ScanCycle.first(now));
    assertThat(first.ended()).isFalse();
    assertThat(first.commits()).isEqualTo(6);
    assertThat(first.next().position()).isEqualTo(position(stream("long"), 6));
    Slice second = slice(first.next());

    assertThat(second.ended()).isTrue();
    assertThat(second.pages()).isEqualTo(2);
    assertThat(missed)
        .extracting(one -> one.stream().key() + one.commit())
        .containsExactly("long3", "long6", "long9", "long10", "z1");
    assertThat(second.next())
        .isEqualTo(new ScanCycle(now, first.next().start(), null, first.next().marker()));
  }

  @Test
  void sliceStopsAtItsEndTimeWithinAPage() {
    append("a", 1);
    append("b", 1);
    append("c", 1);
    now = now.plus(OLD);
    Instant end = now.plusSeconds(2);
    Consumer<MissedDelivery> slow =
        one -> {
          repair(one);
          now = now.plusSeconds(1);
        };

    Slice slice = reconciler().slice(ScanCycle.first(now), end, slow);

    assertThat(slice.ended()).isFalse();
    assertThat(slice.next().position()).isEqualTo(position(stream("b"), 1));
    assertThat(reconciler().slice(slice.next(), now, this::repair).pages()).isZero();
    assertThat(slice(slice.next()).missed()).isEqualTo(2);
  }

  @Test
  void failedRepairFailsTheSlice() {
    append("a", 1);
    now = now.plus(OLD);
    Consumer<MissedDelivery> failing =
        one -> {
          throw new IllegalStateException("no answer");
        };

    assertThatThrownBy(() -> reconciler().slice(ScanCycle.first(now), Instant.MAX, failing))
        .hasMessage("no answer");
  }

  /** Seeded: timestamps out of order and late, slices of any length, lost deliveries. */
  @Test
  void everyCommitIsComparedOnceItIsOldEnough_howeverLateItBecameVisible() {
    for (long seed = 0; seed < 100; seed++) {
      store.clear();
      cursors.clear();
      Random random = new Random(seed);
      pageSize = 1 + random.nextInt(5);
      pages = 1 + random.nextInt(4);
      Map<String, Long> heads = new TreeMap<>();
      ScanCycle cycle = ScanCycle.first(now);
      for (int minute = 0; minute < 200; minute++) {
        for (int i = random.nextInt(3); i > 0; i--) {
          String key = "s" + random.nextInt(20);
          long number = heads.merge(key, 1L, Long::sum);
          long late = random.nextLong(ScanCycle.LATE.toMillis());
          append(key, number, now.minusMillis(late), now);
          if (random.nextInt(4) > 0) {
            apply("first", key, new Cursor(number, false));
            apply("second", key, new Cursor(number, false));
          }
        }
        cycle = slice(cycle).next();
        now = now.plusSeconds(1 + random.nextInt(119));
      }
      now = now.plus(OLD);
      cycle(cycle(cycle));
      heads.forEach(
          (key, head) ->
              assertThat(cursors.getOrDefault(stream(key), Map.of()))
                  .containsEntry("first", new Cursor(head, false))
                  .containsEntry("second", new Cursor(head, false)));
    }
  }

  /** Runs a slice each ten minutes until one rests. */
  private ScanCycle rest(ScanCycle from) {
    for (int slices = 0; slices < 1000; slices++) {
      Slice slice = slice(from);
      if (slice.resting()) {
        assertThat(slice.next()).isEqualTo(from);
        return from;
      }
      from = slice.next();
      now = now.plus(Duration.ofMinutes(10));
    }
    throw new AssertionError("No cycle rests");
  }

  @Test
  void cycleRests_whenNothingChanged() {
    marker = () -> "same";
    append("a", 1);

    ScanCycle resting = rest(ScanCycle.first(now));

    assertThat(missed).containsExactly(missed("a", 1, Map.of("first", 1L, "second", 1L)));
    now = now.plus(Duration.ofHours(1));
    Slice slice = slice(resting);
    assertThat(slice.resting()).isTrue();
    assertThat(slice.ended()).isFalse();
    assertThat(slice.pages()).isZero();
  }

  @Test
  void restEnds_whenMarkerChanges() {
    marker = () -> "before";
    ScanCycle resting = rest(ScanCycle.first(now));
    now = now.plus(Duration.ofHours(1));
    append("a", 1);
    now = now.plus(OLD);
    assertThat(slice(resting).resting()).isTrue();

    marker = () -> "after";
    Slice slice = slice(resting);

    assertThat(slice.missed()).isEqualTo(2);
    assertThat(slice.next().previous()).isEqualTo(now);
  }

  /** A change that the marker does not show, such as a replaced item, is still found. */
  @Test
  void restEnds_afterItsLongestTime() {
    marker = () -> "same";
    ScanCycle resting = rest(ScanCycle.first(now));
    append("a", 1);
    Instant end = requireNonNull(resting.previous()).plus(ScanCycle.MAX_REST);

    now = end.minusMillis(1);
    assertThat(slice(resting).resting()).isTrue();
    now = end;
    assertThat(slice(resting).missed()).isEqualTo(2);
  }

  /** The previous cycle left a young commit to the next one, which finds the same marker. */
  @Test
  void cycleDoesNotRest_whileACommitMayHaveBeenTooYoungBefore() {
    append("a", 1);
    marker = () -> "same";
    Slice young = slice(ScanCycle.first(now));
    assertThat(young.compared()).isZero();
    now = now.plus(ScanCycle.GRACE).plus(ScanCycle.LATE).minusMillis(1);

    Slice second = slice(young.next());

    assertThat(second.missed()).isEqualTo(2);
    now = now.plusMillis(1);
    assertThat(slice(second.next()).resting()).isFalse();
  }

  private long visible(Instant before) {
    return store.values().stream().filter(one -> one.since().isBefore(before)).count();
  }

  /** Seeded: markers that show each commit immediately, or hours later; long rests. */
  @Test
  void everyCommitIsCompared_howeverLateTheMarkerShowsIt() {
    int rests = 0;
    for (long seed = 0; seed < 50; seed++) {
      store.clear();
      cursors.clear();
      Duration late = Duration.ofHours(seed % 2 * 5);
      marker = () -> "" + visible(now.minus(late));
      Random random = new Random(seed);
      Map<String, Long> heads = new TreeMap<>();
      ScanCycle cycle = ScanCycle.first(now);
      for (int i = 0; i < 200; i++) {
        if (random.nextInt(20) == 0) {
          String key = "s" + random.nextInt(20);
          long number = heads.merge(key, 1L, Long::sum);
          append(key, number, now.minusMillis(random.nextLong(ScanCycle.LATE.toMillis())), now);
        }
        Slice slice = slice(cycle);
        rests += slice.resting() ? 1 : 0;
        cycle = slice.next();
        now = now.plusSeconds(random.nextInt(1200));
      }
      append("last", heads.merge("last", 1L, Long::sum), now, now);
      now = now.plusSeconds(1 + random.nextInt(300)); // often too young
      cycle = slice(cycle).next();
      now = now.plus(Duration.ofHours(6));
      rest(cycle);
      heads.forEach(
          (key, head) ->
              assertThat(cursors.getOrDefault(stream(key), Map.of()))
                  .containsEntry("first", new Cursor(head, false))
                  .containsEntry("second", new Cursor(head, false)));
    }
    assertThat(rests).isGreaterThan(1000);
  }

  private record Handling(String name, String category) implements Subscriber {

    @Override
    public boolean handles(StreamId stream) {
      return stream.category().equals(category);
    }

    @Override
    public void deliver(StreamId stream, List<Commit> delivered) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void catchUp(StreamId stream) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void park(ParkedPosition position, String reason, Instant at) {
      throw new UnsupportedOperationException();
    }
  }
}
