package io.streamkeep.kernel.projection;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.fixture.Letters;
import io.streamkeep.kernel.fixture.LettersView;
import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.memory.ForwardingViewStore;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views under every kind of delivery: duplicated, reordered, incomplete, failing. */
final class ViewProjectorTest {

  private static final StreamId A = Letters.stream("a");
  private static final StreamId B = Letters.stream("b");
  private static final Metadata METADATA =
      new Metadata(
          new Actor("anna"),
          new CorrelationId("why"),
          new CausationId("request-1"),
          new TraceContext("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "rojo=1"),
          new TenantId("shop-7"));

  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-25T20:00:00Z"));

  private final InMemoryEventStore store = new InMemoryEventStore();
  private final InMemoryViewStore rows = new InMemoryViewStore();
  private final List<ParkedPosition> parked = new ArrayList<>();
  private final Set<String> poison = new HashSet<>();
  private String unencodable = "";

  /** The number of totals in which a view's row counts; -1 throws. */
  private final Map<String, Integer> counted = new HashMap<>();

  @Test
  void commitsAreAppliedInOrderAndTheCursorIsStored() {
    deliver(List.of(next(A, "x"), next(B, "p"), next(A, "y")));

    assertThat(row("first", A)).isEqualTo("xy@2");
    assertThat(row("second", A)).isEqualTo("xy@2");
    assertThat(row("first", B)).isEqualTo("p@1");
  }

  @Test
  void streamsOfOtherCategoriesAreLeftAlone() {
    StreamId other = new StreamId("numbers", "1");

    deliver(List.of(next(other, "x")));

    assertThat(rows.find("first", other).commit()).isZero();
  }

  /** Its new commits would look like duplicates. */
  @Test
  void cursorAheadOfItsStreamIsParked() {
    rows.advance("first", A, ViewStore.MISSING, 5);

    deliver(List.of(next(A, "x")));

    assertThat(parked).singleElement().isEqualTo(new ParkedPosition("first", A, 6, Metadata.NONE));
    assertThat(row("second", A)).isEqualTo("x@1");
    assertThatThrownBy(() -> projector("first", rows, store).catchUp(A))
        .isInstanceOf(PoisonException.class);
  }

  @Test
  void cursorThatNoWriteMovesIsPoison() {
    ViewStore stuck = putting((view, row, put) -> Optional.empty());
    Commit commit = append(A, "x");

    assertThatThrownBy(() -> projector("first", stuck, store).deliver(A, List.of(commit)))
        .isInstanceOf(PoisonException.class);
  }

  @Test
  void duplicatesAreDropped() {
    Commit first = append(A, "x");
    Commit second = append(A, "y");
    deliver(List.of(delivered(first), delivered(first), delivered(second)));
    deliver(List.of(delivered(first), delivered(second)));

    assertThat(row("first", A)).isEqualTo("xy@2");
  }

  @Test
  void duplicatesAndNextCommitsNeedNoReadOfTheEventStore() {
    AtomicInteger reads = new AtomicInteger();
    EventStore counting = counting(store, reads);
    Dispatcher counted =
        new Dispatcher(subscribers(rows, counting), parked::add, CLOCK, unused -> {});
    Commit first = append(A, "x");

    counted.deliver(List.of(delivered(first)));
    counted.deliver(List.of(delivered(first), next(A, "y")));
    counted.deliver(List.of(delivered(first)));

    assertThat(row("first", A)).isEqualTo("xy@2");
    assertThat(reads).hasValue(0);
  }

  @Test
  void gapIsFilledFromTheEventStore() {
    append(A, "x");
    append(A, "y");
    deliver(List.of(next(A, "z")));

    assertThat(row("first", A)).isEqualTo("xyz@3");
  }

  @Test
  void gapLongerThanAPageIsFilled() {
    for (int i = 0; i < 250; i++) {
      append(A, "x");
    }
    deliver(List.of(next(A, "z")));

    assertThat(row("first", A)).isEqualTo("x".repeat(250) + "z@251");
  }

  /** Seeded: any order, duplicates and batch sizes end in the fold of the stream. */
  @Test
  void anyDeliveryOrderEndsInTheSameRows() {
    for (long seed = 0; seed < 200; seed++) {
      StreamId stream = Letters.stream("seed-" + seed);
      Random random = new Random(seed);
      List<DeliveredCommit> items = new ArrayList<>();
      for (char c = 'a'; c < 'a' + 12; c++) {
        DeliveredCommit item = next(stream, String.valueOf(c));
        items.addAll(Collections.nCopies(1 + random.nextInt(3), item));
      }
      Collections.shuffle(items, random);
      for (int from = 0; from < items.size(); ) {
        int to = Math.min(items.size(), from + 1 + random.nextInt(5));
        deliver(items.subList(from, to));
        from = to;
      }
      assertThat(row("first", stream)).as("seed %d", seed).isEqualTo("abcdefghijkl@12");
    }
    assertThat(parked).isEmpty();
  }

  @Test
  void viewThatThrowsIsParkedWhileEverythingElseContinues() {
    poison.add("first/a/y");
    List<DeliveredCommit> batch = List.of(next(A, "x"), next(A, "y"), next(B, "y"), next(A, "z"));

    assertThat(deliver(batch)).isEmpty();

    assertThat(parked).containsExactly(new ParkedPosition("first", A, 2, METADATA));
    assertThat(row("first", A)).isEqualTo("x@1");
    assertThat(row("second", A)).isEqualTo("xyz@3");
    assertThat(row("first", B)).isEqualTo("y@1");
  }

  @Test
  void parkedViewCatchesUpOnceTheCauseIsFixed() {
    poison.add("first/a/y");
    deliver(List.of(next(A, "x"), next(A, "y")));
    append(A, "z");
    poison.clear();

    projector("first", rows, store).catchUp(A);

    assertThat(row("first", A)).isEqualTo("xyz@3");
    assertThat(rows.parked()).isEmpty();
    deliver(List.of(next(A, "!")));
    assertThat(row("first", A)).isEqualTo("xyz!@4");
  }

  /** Otherwise each commit would be attempted and parked again. */
  @Test
  void commitsAfterAParkedOneWait() {
    poison.add("first/a/x");
    deliver(List.of(next(A, "x")));
    poison.clear();

    deliver(List.of(next(A, "y")));
    deliver(List.of(next(A, "z")));

    assertThat(parked).hasSize(1);
    assertThat(rows.find("first", A).commit()).isZero();
    assertThat(row("second", A)).isEqualTo("xyz@3");
    projector("first", rows, store).catchUp(A);
    assertThat(row("first", A)).isEqualTo("xyz@3");
  }

  @Test
  void reasonAndTimeOfParkingAreStored() {
    poison.add("first/a/x");
    deliver(List.of(next(A, "x")));

    ParkedPosition position = new ParkedPosition("first", A, 1, METADATA);
    assertThat(rows.parked())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.position()).isEqualTo(position);
              assertThat(one.first()).isEqualTo(CLOCK.instant());
              assertThat(one.last()).isEqualTo(CLOCK.instant());
              assertThat(one.attempts()).isEqualTo(1);
              assertThat(one.reason())
                  .startsWith(
                      "java.lang.IllegalStateException at " + FailingLetters.class.getName())
                  .doesNotContain("poison");
            });
  }

  /** A delivery that finds the view parked leaves its commits to the process that catches up. */
  @Test
  void commitDeliveredDuringCatchUpIsApplied() {
    poison.add("first/a/x");
    deliver(List.of(next(A, "x")));
    poison.clear();
    ViewStore raced = beforeTheFirstPut(() -> deliver(List.of(next(A, "y"))));

    projector("first", raced, store).catchUp(A);

    assertThat(row("first", A)).isEqualTo("xy@2");
  }

  @Test
  void unreadableRecordIsReadFromTheEventStore() {
    Commit first = append(A, "x");

    assertThat(deliver(List.of(new DeliveredCommit(A, first.number(), null)))).isEmpty();

    assertThat(row("first", A)).isEqualTo("x@1");
  }

  @Test
  void infrastructureFailureStopsTheBatchAtItsStreamsFirstCommit() {
    List<DeliveredCommit> batch = List.of(next(A, "x"), next(B, "p"), next(A, "y"));
    ViewStore failing = failingFor(B, new IllegalStateException("no answer"));

    Optional<Dispatcher.BatchFailure> failure = dispatcher(failing).deliver(batch);

    assertThat(failure.map(Dispatcher.BatchFailure::index)).contains(1);
    assertThat(parked).isEmpty();
    assertThat(row("first", A)).isEqualTo("xy@2");
  }

  /** A corrupted row is not an infrastructure failure: no retry would repair it. */
  @Test
  void unreadableRowIsParkedWhileEverythingElseContinues() {
    List<DeliveredCommit> batch = List.of(next(B, "p"), next(A, "x"));
    ViewStore broken = unreadableFor(B);

    assertThat(dispatcher(broken).deliver(batch)).isEmpty();
    assertThat(dispatcher(broken).deliver(batch)).isEmpty();

    assertThat(parked)
        .containsExactly(
            new ParkedPosition("first", B, 1, Metadata.NONE),
            new ParkedPosition("second", B, 1, Metadata.NONE));
    assertThat(row("first", A)).isEqualTo("x@1");
  }

  /** The row is written as far as it fits; the view is parked at the next commit. */
  @Test
  void rowThatGrowsTooLargeIsParkedWhileEverythingElseContinues() {
    List<DeliveredCommit> batch = List.of(next(A, "x"), next(A, "y"), next(A, "z"), next(B, "p"));
    ViewStore small =
        putting(
            (view, row, put) -> {
              int bytes = row.data().length();
              if (bytes > 2 && view.equals("first")) {
                throw new RowTooLargeException(bytes, 2);
              }
              return put.get();
            });

    assertThat(dispatcher(small).deliver(batch)).isEmpty();

    assertThat(parked).containsExactly(new ParkedPosition("first", A, 3, METADATA));
    assertThat(row("first", A)).isEqualTo("xy@2");
    assertThat(row("second", A)).isEqualTo("xyz@3");
    assertThat(row("first", B)).isEqualTo("p@1");
    assertThat(rows.parked())
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).contains("RowTooLargeException"));
  }

  /** The row of the whole batch is encoded once; if that fails, the commits are applied singly. */
  @Test
  void unencodableRowIsParkedAfterTheCommitsBeforeIt() {
    unencodable = "first/xyz";

    assertThat(deliver(List.of(next(A, "x"), next(A, "y"), next(A, "z"), next(B, "p")))).isEmpty();

    assertThat(parked).containsExactly(new ParkedPosition("first", A, 3, METADATA));
    assertThat(row("first", A)).isEqualTo("xy@2");
    assertThat(row("second", A)).isEqualTo("xyz@3");
    assertThat(row("first", B)).isEqualTo("p@1");
  }

  /** Counting throws, or needs more than one write can hold; a retry would not help. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 100})
  void uncountableRowIsParkedWhileEverythingElseContinues(int totals) {
    counted.put("first/xy", totals);
    counted.put("second/xy", 99);
    List<DeliveredCommit> batch = List.of(next(A, "x"), next(A, "y"), next(A, "z"), next(B, "p"));

    assertThat(deliver(batch)).isEmpty();

    assertThat(parked).containsExactly(new ParkedPosition("first", A, 2, METADATA));
    assertThat(row("first", A)).isEqualTo("x@1");
    assertThat(row("second", A)).isEqualTo("xyz@3");
    assertThat(row("first", B)).isEqualTo("p@1");
  }

  /** Another process is faster, once. */
  private ViewStore beforeTheFirstPut(Runnable race) {
    AtomicBoolean first = new AtomicBoolean(true);
    return putting(
        (view, row, put) -> {
          if (first.getAndSet(false)) {
            race.run();
          }
          return put.get();
        });
  }

  /** Replaces the put of a row to a view; {@code put} does it as usual. */
  private interface Putting {
    Optional<StoredRow> put(String view, Row row, Supplier<Optional<StoredRow>> put);
  }

  private ViewStore putting(Putting putting) {
    return new ForwardingViewStore(rows) {
      @Override
      public Optional<StoredRow> put(
          String view,
          StreamId stream,
          StoredRow before,
          Row next,
          long commit,
          List<AggregateTotal> adds) {
        return putting.put(view, next, () -> super.put(view, stream, before, next, commit, adds));
      }
    };
  }

  private ViewStore failingFor(StreamId bad, RuntimeException failure) {
    return new ForwardingViewStore(rows) {
      @Override
      public StoredRow find(String view, StreamId stream) {
        if (stream.equals(bad)) {
          throw failure;
        }
        return super.find(view, stream);
      }
    };
  }

  private ViewStore unreadableFor(StreamId bad) {
    return new ForwardingViewStore(rows) {
      @Override
      public StoredRow find(String view, StreamId stream) {
        return stream.equals(bad)
            ? new Unreadable(super.find(view, stream).parked())
            : super.find(view, stream);
      }
    };
  }

  private record Unreadable(boolean parked) implements StoredRow {

    @Override
    public String data() {
      throw new UnreadableException("A row without data");
    }

    @Override
    public long commit() {
      throw new UnreadableException("A row without commit");
    }
  }

  @Test
  void nextCommitOfACachedRowNeedsNoRead() {
    CountedFinds counted = new CountedFinds();
    ViewStore caching = new CachingViewStore(counted, 100_000);

    dispatcher(caching).deliver(List.of(next(A, "x"), next(B, "p")));
    dispatcher(caching).deliver(List.of(next(A, "y"), next(A, "z")));

    assertThat(row("first", A)).isEqualTo("xyz@3");
    assertThat(row("second", B)).isEqualTo("p@1");
    assertThat(counted.finds).isZero();
  }

  @Test
  void cacheIsBounded() {
    CountedFinds counted = new CountedFinds();
    ViewStore caching = new CachingViewStore(counted, 2 * 2100); // two rows, of A or of B

    dispatcher(caching).deliver(List.of(next(A, "x")));
    dispatcher(caching).deliver(List.of(next(B, "p")));
    dispatcher(caching).deliver(List.of(next(B, "q")));
    assertThat(counted.finds).isZero();
    dispatcher(caching).deliver(List.of(next(A, "y")));

    assertThat(counted.finds).isEqualTo(2);
    assertThat(row("first", A)).isEqualTo("xy@2");
  }

  /** Another process advanced the row and counted everything already. */
  @Test
  void staleCachedRowIsDetectedByThePut() {
    counted.put("first/x", 1);
    counted.put("first/xy", 1);
    counted.put("first/xyz", 1);
    ViewStore caching = new CachingViewStore(rows, 100_000);
    dispatcher(caching).deliver(List.of(next(A, "x")));
    DeliveredCommit second = next(A, "y");
    deliver(List.of(second));

    assertThat(dispatcher(caching).deliver(List.of(second))).isEmpty();
    assertThat(dispatcher(caching).deliver(List.of(second, next(A, "z")))).isEmpty();

    assertThat(row("first", A)).isEqualTo("xyz@3");
    assertThat(rows.totals("first").get("0")).containsEntry("rows", BigInteger.ONE);
  }

  /** It is parked already; parking it on cached data would count an attempt. */
  @Test
  void poisonOnACachedRowIsConfirmedByARead() {
    poison.add("first/a/x");
    DeliveredCommit bad = next(A, "x");
    deliver(List.of(bad));

    dispatcher(new CachingViewStore(rows, 100_000)).deliver(List.of(bad, next(A, "y")));

    assertThat(parked).hasSize(1);
    assertThat(rows.parked()).singleElement().satisfies(one -> assertThat(one.attempts()).isOne());
  }

  @Test
  void gapIsFilledWhateverIsCached() {
    ViewStore caching = new CachingViewStore(rows, 100_000);
    append(A, "x");
    dispatcher(caching).deliver(List.of(next(A, "y")));
    append(A, "z");
    dispatcher(caching).deliver(List.of(next(A, "w")));

    assertThat(row("first", A)).isEqualTo("xyzw@4");
  }

  private final class CountedFinds extends ForwardingViewStore {
    private int finds;

    CountedFinds() {
      super(rows);
    }

    @Override
    public StoredRow find(String view, StreamId stream) {
      finds++;
      return super.find(view, stream);
    }
  }

  @Test
  void failureToParkStopsTheBatch() {
    poison.add("first/a/x");
    List<DeliveredCommit> batch = List.of(next(B, "p"), next(A, "x"));
    Dispatcher dispatcher =
        new Dispatcher(
            subscribers(rows, store),
            position -> {
              throw new IllegalStateException("no answer");
            },
            CLOCK,
            unused -> {});

    assertThat(dispatcher.deliver(batch).map(Dispatcher.BatchFailure::index)).contains(1);
  }

  /** Two projections of one stream: the slower one's write is refused, and it reads again. */
  @Test
  void projectorThatLosesARaceReadsAgain() {
    Commit first = append(A, "x");
    ViewStore raced = beforeTheFirstPut(() -> deliver(List.of(delivered(first))));

    dispatcher(raced).deliver(List.of(delivered(first)));

    assertThat(row("first", A)).isEqualTo("x@1");
  }

  /** Later commits may have been left to redelivery because of the parking mark. */
  @Test
  void viewParkedMeanwhileIsLeftToRedelivery() {
    DeliveredCommit first = next(A, "x");
    ViewStore raced =
        beforeTheFirstPut(
            () -> rows.park(new ParkedPosition("first", A, 1, METADATA), "why", Instant.EPOCH));

    dispatcher(raced).deliver(List.of(first));

    assertThat(rows.find("first", A).parked()).isTrue();
    assertThat(rows.find("first", A).commit()).isZero();
    assertThat(row("second", A)).isEqualTo("x@1");
  }

  private Optional<Dispatcher.BatchFailure> deliver(List<DeliveredCommit> batch) {
    return dispatcher(rows).deliver(batch);
  }

  private Dispatcher dispatcher(ViewStore on) {
    return new Dispatcher(subscribers(on, store), parked::add, CLOCK, unused -> {});
  }

  private List<Subscriber> subscribers(ViewStore on, EventStore from) {
    return List.of(projector("first", on, from), projector("second", on, from));
  }

  private String row(String view, StreamId stream) {
    StoredRow found = rows.find(view, stream);
    return requireNonNull(found.data()) + "@" + found.commit();
  }

  private Commit append(StreamId stream, String letter) {
    return Letters.append(store, stream, letter, METADATA);
  }

  private DeliveredCommit next(StreamId stream, String letter) {
    return delivered(append(stream, letter));
  }

  private static DeliveredCommit delivered(Commit commit) {
    return new DeliveredCommit(commit.stream(), commit.number(), commit);
  }

  private static EventStore counting(EventStore store, AtomicInteger reads) {
    return new ForwardingEventStore(store) {
      @Override
      public CommitPage read(StreamId stream, long after, int limit) {
        reads.incrementAndGet();
        return super.read(stream, after, limit);
      }
    };
  }

  private ViewProjector<String, String> projector(String view, ViewStore on, EventStore from) {
    return new ViewProjector<>(new FailingLetters(view).projection(), on, from);
  }

  /** Throws for letters that are poison, and for rows that can't be counted or encoded. */
  private final class FailingLetters extends LettersView {

    FailingLetters(String name) {
      super(name);
    }

    @Override
    public String apply(String key, @Nullable String row, String letter) {
      if (poison.contains(name() + "/" + key + "/" + letter)) {
        throw new IllegalStateException("poison");
      }
      return super.apply(key, row, letter);
    }

    @Override
    public RowCodec<String> codec() {
      return new RowCodec<>() {
        @Override
        public String encode(String row) {
          if (unencodable.equals(name() + "/" + row)) {
            throw new IllegalStateException("poison");
          }
          return row;
        }

        @Override
        public String decode(String data) {
          return data;
        }
      };
    }

    @Override
    public List<AggregateTotal> totals(String row) {
      int number = counted.getOrDefault(name() + "/" + row, 0);
      if (number < 0) {
        throw new IllegalStateException("poison");
      }
      return IntStream.range(0, number)
          .mapToObj(i -> new AggregateTotal(name(), "" + i, Map.of("rows", 1L)))
          .toList();
    }
  }
}
