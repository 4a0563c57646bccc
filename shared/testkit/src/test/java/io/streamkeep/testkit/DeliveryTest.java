package io.streamkeep.testkit;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.CachingViewStore;
import io.streamkeep.kernel.projection.RowTooLargeException;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Subscriber;
import io.streamkeep.retail.Row;
import io.streamkeep.testkit.contract.Commits;
import io.streamkeep.testkit.contract.ForwardingEventStore;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DeliveryTest {

  private static final StreamId A = new StreamId("letters", "a");
  private static final StreamId B = new StreamId("letters", "b");
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

  /** In how many totals a view's row counts; -1 throws. */
  private final Map<String, Integer> counted = new HashMap<>();

  private final List<Metadata> seen = new ArrayList<>();

  @Test
  void appliesInOrderAndKeepsTheCursor() {
    deliver(List.of(item(append(A, "x")), item(append(B, "p")), item(append(A, "y"))));

    assertThat(row("first", A)).isEqualTo("xy@2");
    assertThat(row("second", A)).isEqualTo("xy@2");
    assertThat(row("first", B)).isEqualTo("p@1");
  }

  /** Delivered, read to fill a gap, or caught up. */
  @Test
  void whereACommitComesFromReachesTheView() {
    append(A, "x");
    deliver(List.of(item(append(A, "y"))));
    append(A, "z");
    new ViewProjector(new Letters("first"), rows, store).catchUp(A);

    assertThat(seen).hasSize(2 * 2 + 1).containsOnly(METADATA);
  }

  @Test
  void dropsDuplicates() {
    Commit first = append(A, "x");
    Commit second = append(A, "y");
    deliver(List.of(item(first), item(first), item(second)));
    deliver(List.of(item(first), item(second)));

    assertThat(row("first", A)).isEqualTo("xy@2");
  }

  @Test
  void neitherADuplicateNorTheNextCommitIsReadAgain() {
    AtomicInteger reads = new AtomicInteger();
    EventStore counting = counting(store, reads);
    Dispatcher counted = new Dispatcher(subscribers(rows, counting), parked::add, CLOCK, unused -> {});
    Commit first = append(A, "x");

    counted.deliver(List.of(item(first)));
    counted.deliver(List.of(item(first), item(append(A, "y"))));
    counted.deliver(List.of(item(first)));

    assertThat(row("first", A)).isEqualTo("xy@2");
    assertThat(reads).hasValue(0);
  }

  @Test
  void fillsAGapFromTheEventStore() {
    append(A, "x");
    append(A, "y");
    deliver(List.of(item(append(A, "z"))));

    assertThat(row("first", A)).isEqualTo("xyz@3");
  }

  @Test
  void fillsAGapLongerThanAPage() {
    for (int i = 0; i < 250; i++) {
      append(A, "x");
    }
    deliver(List.of(item(append(A, "z"))));

    assertThat(row("first", A)).isEqualTo("x".repeat(250) + "z@251");
  }

  /** Seeded: any order, any duplicates, any cut into batches end in the fold of the stream. */
  @Test
  void endsInTheSameRowsHoweverItIsDelivered() {
    for (long seed = 0; seed < 200; seed++) {
      StreamId stream = new StreamId("letters", "seed-" + seed);
      Random random = new Random(seed);
      List<DeliveredCommit> items = new ArrayList<>();
      for (char c = 'a'; c < 'a' + 12; c++) {
        DeliveredCommit item = item(append(stream, String.valueOf(c)));
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
  void aViewThatThrowsIsParkedAndAllElseGoesOn() {
    poison.add("first/a/y");
    List<DeliveredCommit> batch =
        List.of(
            item(append(A, "x")), item(append(A, "y")), item(append(B, "y")), item(append(A, "z")));

    assertThat(deliver(batch)).isEmpty();

    assertThat(parked).containsExactly(new ParkedPosition("first", A, 2, METADATA));
    assertThat(row("first", A)).isEqualTo("x@1");
    assertThat(row("second", A)).isEqualTo("xyz@3");
    assertThat(row("first", B)).isEqualTo("y@1");
  }

  @Test
  void whatWasParkedIsCaughtUpOnceItsCauseIsGone() {
    poison.add("first/a/y");
    deliver(List.of(item(append(A, "x")), item(append(A, "y"))));
    append(A, "z");
    poison.clear();

    new ViewProjector(new Letters("first"), rows, store).catchUp(A);

    assertThat(row("first", A)).isEqualTo("xyz@3");
    assertThat(rows.parked()).isEmpty();
    deliver(List.of(item(append(A, "!"))));
    assertThat(row("first", A)).isEqualTo("xyz!@4");
  }

  /** Else each commit would be tried and parked again. */
  @Test
  void whatComesAfterWhatIsParkedWaitsForIt() {
    poison.add("first/a/x");
    deliver(List.of(item(append(A, "x"))));
    poison.clear();

    deliver(List.of(item(append(A, "y"))));
    deliver(List.of(item(append(A, "z"))));

    assertThat(parked).hasSize(1);
    assertThat(rows.find("first", A).commit()).isZero();
    assertThat(row("second", A)).isEqualTo("xyz@3");
    new ViewProjector(new Letters("first"), rows, store).catchUp(A);
    assertThat(row("first", A)).isEqualTo("xyz@3");
  }

  @Test
  void whyItIsParkedAndSinceWhenIsKept() {
    poison.add("first/a/x");
    deliver(List.of(item(append(A, "x"))));

    ParkedPosition pointer = new ParkedPosition("first", A, 1, METADATA);
    assertThat(rows.parked())
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.pointer()).isEqualTo(pointer);
              assertThat(one.first()).isEqualTo(CLOCK.instant());
              assertThat(one.last()).isEqualTo(CLOCK.instant());
              assertThat(one.tries()).isEqualTo(1);
              assertThat(one.reason())
                  .startsWith("java.lang.IllegalStateException at " + Letters.class.getName())
                  .doesNotContain("poison");
            });
  }

  /** Whoever finds it parked leaves a commit to whoever is catching up. */
  @Test
  void aCommitThatIsLeftToTheOneWhoCatchesUpIsNotForgotten() {
    poison.add("first/a/x");
    deliver(List.of(item(append(A, "x"))));
    poison.clear();
    ViewStore raced = beforeTheFirstPut(() -> deliver(List.of(item(append(A, "y")))));

    new ViewProjector(new Letters("first"), raced, store).catchUp(A);

    assertThat(row("first", A)).isEqualTo("xy@2");
  }

  @Test
  void aRecordThatCanNotBeReadIsMetInTheEventStore() {
    Commit first = append(A, "x");

    assertThat(deliver(List.of(new DeliveredCommit(A, first.number(), null)))).isEmpty();

    assertThat(row("first", A)).isEqualTo("x@1");
  }

  @Test
  void aFailureOfTheInfrastructureStopsTheBatchAtTheFirstItemOfItsStream() {
    List<DeliveredCommit> batch = List.of(item(append(A, "x")), item(append(B, "p")), item(append(A, "y")));
    ViewStore failing = failingFor(B, new IllegalStateException("no answer"));

    Optional<Dispatcher.BatchFailure> stopped = delivery(failing).deliver(batch);

    assertThat(stopped.map(Dispatcher.BatchFailure::index)).contains(1);
    assertThat(parked).isEmpty();
    assertThat(row("first", A)).isEqualTo("xy@2");
  }

  /** A row that somebody broke is not the infrastructure's failure: no retry would mend it. */
  @Test
  void aRowThatCanNotBeReadIsParkedAndAllElseGoesOn() {
    List<DeliveredCommit> batch = List.of(item(append(B, "p")), item(append(A, "x")));
    ViewStore broken = unreadableFor(B);

    assertThat(delivery(broken).deliver(batch)).isEmpty();
    assertThat(delivery(broken).deliver(batch)).isEmpty();

    assertThat(parked)
        .containsExactly(
            new ParkedPosition("first", B, 1, Metadata.NONE), new ParkedPosition("second", B, 1, Metadata.NONE));
    assertThat(row("first", A)).isEqualTo("x@1");
  }

  /** No try of it would be taken; what is smaller is put, and it is parked at the commit after. */
  @Test
  void aRowThatGetsTooLargeIsParkedAndAllElseGoesOn() {
    List<DeliveredCommit> batch =
        List.of(
            item(append(A, "x")), item(append(A, "y")), item(append(A, "z")), item(append(B, "p")));
    ViewStore small =
        new WrappedRows() {
          @Override
          public Optional<StoredRow> put(
              View view,
              StreamId stream,
              StoredRow before,
              View.Row next,
              long commit,
              List<AggregateTotal> adds) {
            int bytes = next.data().length();
            if (bytes > 2 && view.name().equals("first")) {
              throw new RowTooLargeException(bytes, 2);
            }
            return super.put(view, stream, before, next, commit, adds);
          }
        };

    assertThat(delivery(small).deliver(batch)).isEmpty();

    assertThat(parked).containsExactly(new ParkedPosition("first", A, 3, METADATA));
    assertThat(row("first", A)).isEqualTo("xy@2");
    assertThat(row("second", A)).isEqualTo("xyz@3");
    assertThat(row("first", B)).isEqualTo("p@1");
    assertThat(rows.parked())
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).contains("RowTooLargeException"));
  }

  /** Neither would be otherwise at another try: counting throws, or is too much for one write. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 100})
  void aRowThatCanNotBeCountedIsParkedAndAllElseGoesOn(int totals) {
    counted.put("first/xy", totals);
    counted.put("second/xy", 99);
    List<DeliveredCommit> batch =
        List.of(
            item(append(A, "x")), item(append(A, "y")), item(append(A, "z")), item(append(B, "p")));

    assertThat(deliver(batch)).isEmpty();

    assertThat(parked).containsExactly(new ParkedPosition("first", A, 2, METADATA));
    assertThat(row("first", A)).isEqualTo("x@1");
    assertThat(row("second", A)).isEqualTo("xyz@3");
    assertThat(row("first", B)).isEqualTo("p@1");
  }

  /** Somebody else is faster, once. */
  private ViewStore beforeTheFirstPut(Runnable race) {
    return new WrappedRows() {
      private boolean once = true;

      @Override
      public Optional<StoredRow> put(
          View view,
          StreamId stream,
          StoredRow before,
          View.Row next,
          long commit,
          List<AggregateTotal> adds) {
        if (once) {
          once = false;
          race.run();
        }
        return super.put(view, stream, before, next, commit, adds);
      }
    };
  }

  private ViewStore failingFor(StreamId bad, RuntimeException failure) {
    return new WrappedRows() {
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
    return new WrappedRows() {
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
    public View.Row row() {
      throw new UnreadableException("A row without data");
    }

    @Override
    public long commit() {
      throw new UnreadableException("A row without commit");
    }
  }

  private class WrappedRows implements ViewStore {

    @Override
    public StoredRow find(String view, StreamId stream) {
      return rows.find(view, stream);
    }

    @Override
    public Optional<StoredRow> put(
        View view,
        StreamId stream,
        StoredRow before,
        View.Row next,
        long commit,
        List<AggregateTotal> adds) {
      return rows.put(view, stream, before, next, commit, adds);
    }

    @Override
    public void park(ParkedPosition pointer, String reason, Instant at) {
      rows.park(pointer, reason, at);
    }
  }

  @Test
  void whatGoesOnFromWhatThisProcessPutLastIsTakenInWithoutALook() {
    CountedFinds counted = new CountedFinds();
    ViewStore warm = new CachingViewStore(counted, 100_000);

    delivery(warm).deliver(List.of(item(append(A, "x")), item(append(B, "p"))));
    delivery(warm).deliver(List.of(item(append(A, "y")), item(append(A, "z"))));

    assertThat(row("first", A)).isEqualTo("xyz@3");
    assertThat(row("second", B)).isEqualTo("p@1");
    assertThat(counted.finds).isZero();
  }

  @Test
  void noMoreIsRememberedThanThereIsRoomFor() {
    CountedFinds counted = new CountedFinds();
    ViewStore warm = new CachingViewStore(counted, 2 * 2100); // two rows, of A or of B

    delivery(warm).deliver(List.of(item(append(A, "x"))));
    delivery(warm).deliver(List.of(item(append(B, "p"))));
    delivery(warm).deliver(List.of(item(append(B, "q"))));
    assertThat(counted.finds).isZero();
    delivery(warm).deliver(List.of(item(append(A, "y"))));

    assertThat(counted.finds).isEqualTo(2);
    assertThat(row("first", A)).isEqualTo("xy@2");
  }

  /** Another process has taken it further, and there everything was counted already. */
  @Test
  void whatIsExpectedIsOnlyBelievedIfThePutIs() {
    counted.put("first/x", 1);
    counted.put("first/xy", 1);
    counted.put("first/xyz", 1);
    ViewStore warm = new CachingViewStore(rows, 100_000);
    delivery(warm).deliver(List.of(item(append(A, "x"))));
    DeliveredCommit second = item(append(A, "y"));
    deliver(List.of(second));

    assertThat(delivery(warm).deliver(List.of(second))).isEmpty();
    assertThat(delivery(warm).deliver(List.of(second, item(append(A, "z"))))).isEmpty();

    assertThat(row("first", A)).isEqualTo("xyz@3");
    assertThat(rows.totals("first").get("0")).containsEntry("rows", BigInteger.ONE);
  }

  /** It is parked already, and would be once more. */
  @Test
  void poisonIsLookedUpBeforeItIsParked() {
    poison.add("first/a/x");
    DeliveredCommit bad = item(append(A, "x"));
    deliver(List.of(bad));

    delivery(new CachingViewStore(rows, 100_000)).deliver(List.of(bad, item(append(A, "y"))));

    assertThat(parked).hasSize(1);
    assertThat(rows.parked()).singleElement().satisfies(one -> assertThat(one.tries()).isOne());
  }

  @Test
  void aGapIsFilledWhateverIsExpected() {
    ViewStore warm = new CachingViewStore(rows, 100_000);
    append(A, "x");
    delivery(warm).deliver(List.of(item(append(A, "y"))));
    append(A, "z");
    delivery(warm).deliver(List.of(item(append(A, "w"))));

    assertThat(row("first", A)).isEqualTo("xyzw@4");
  }

  private final class CountedFinds extends WrappedRows {
    private int finds;

    @Override
    public StoredRow find(String view, StreamId stream) {
      finds++;
      return super.find(view, stream);
    }
  }

  @Test
  void whatCanNotBeParkedStopsTheBatch() {
    poison.add("first/a/x");
    List<DeliveredCommit> batch = List.of(item(append(B, "p")), item(append(A, "x")));
    Dispatcher delivery =
        new Dispatcher(
            subscribers(rows, store),
            pointer -> {
              throw new IllegalStateException("no answer");
            },
            CLOCK,
            unused -> {});

    assertThat(delivery.deliver(batch).map(Dispatcher.BatchFailure::index)).contains(1);
  }

  /**
   * Two projections at once on one stream: the slower one's write is refused, and it looks again.
   */
  @Test
  void aCursorThatHasMovedMeanwhileIsSeen() {
    Commit first = append(A, "x");
    ViewStore raced = beforeTheFirstPut(() -> deliver(List.of(item(first))));

    delivery(raced).deliver(List.of(item(first)));

    assertThat(row("first", A)).isEqualTo("x@1");
  }

  /** It may have left later commits to redelivery, which the mark says. */
  @Test
  void whatWasParkedMeanwhileIsLeftToRedelivery() {
    DeliveredCommit first = item(append(A, "x"));
    ViewStore raced =
        beforeTheFirstPut(
            () -> rows.park(new ParkedPosition("first", A, 1, METADATA), "why", Instant.EPOCH));

    delivery(raced).deliver(List.of(first));

    assertThat(rows.find("first", A).parked()).isTrue();
    assertThat(rows.find("first", A).commit()).isZero();
    assertThat(row("second", A)).isEqualTo("x@1");
  }

  private Optional<Dispatcher.BatchFailure> deliver(List<DeliveredCommit> batch) {
    return delivery(rows).deliver(batch);
  }

  private Dispatcher delivery(ViewStore on) {
    return new Dispatcher(subscribers(on, store), parked::add, CLOCK, unused -> {});
  }

  private List<Subscriber> subscribers(ViewStore on, EventStore from) {
    return List.of(
        new ViewProjector(new Letters("first"), on, from),
        new ViewProjector(new Letters("second"), on, from));
  }

  private String row(String view, StreamId stream) {
    StoredRow found = rows.find(view, stream);
    return requireNonNull(found.row()).data() + "@" + found.commit();
  }

  private Commit append(StreamId stream, String letter) {
    return Commits.append(store, stream, letter, METADATA);
  }

  private static DeliveredCommit item(Commit commit) {
    return new DeliveredCommit(commit.stream(), commit.number(), commit);
  }

  private static EventStore counting(EventStore store, AtomicInteger reads) {
    return new ForwardingEventStore(store) {
      @Override
      public Slice read(StreamId stream, long after, int limit) {
        reads.incrementAndGet();
        return super.read(stream, after, limit);
      }
    };
  }

  /** A view that writes down the letters, and throws for those that are poison. */
  private final class Letters implements View {
    private final String name;

    Letters(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public String category() {
      return "letters";
    }

    @Override
    public Row apply(@Nullable Row row, Commit commit) {
      seen.add(commit.metadata());
      String letter = commit.events().getFirst().data();
      if (poison.contains(name + "/" + commit.stream().key() + "/" + letter)) {
        throw new IllegalStateException("poison");
      }
      return new Row(row == null ? letter : row.data() + letter, null);
    }

    @Override
    public List<AggregateTotal> totals(Row row) {
      int number = counted.getOrDefault(name + "/" + row.data(), 0);
      if (number < 0) {
        throw new IllegalStateException("poison");
      }
      return IntStream.range(0, number)
          .mapToObj(i -> new AggregateTotal(name, "" + i, Map.of("rows", 1L)))
          .toList();
    }
  }
}
