package io.streamkeep.domain.order;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.View.Row;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the orders' events are delivered, sales are what the orders come to. */
final class SalesViewTest {

  private static final String BRITISH = "2026-03-01#United Kingdom#GBP";

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore rows = new InMemoryViewStore();
  private final ViewProjector subscriber = new ViewProjector(new SalesView(), rows, events);

  private SalesViewTest order(String id, OrderEvent... happened) {
    StreamId stream = new StreamId(Order.CATEGORY, id);
    for (OrderEvent event : happened) {
      NewCommit proposal =
          new NewCommit(
              List.of(new OrderEventCodec().encode(event)),
              Samples.AT,
              new CommandId("c"),
              new Fingerprint("f"),
              Metadata.NONE);
      Appended appended = (Appended) events.append(events.load(stream).head(), proposal);
      commits.add(appended.parts().getFirst().commit());
    }
    return this;
  }

  private final List<Commit> commits = new ArrayList<>();

  /** Each commit three times, in disorder. */
  private Map<String, String> delivered() {
    List<Commit> some = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      some.addAll(commits);
    }
    Collections.shuffle(some, new Random(11));
    some.forEach(commit -> subscriber.deliver(commit.stream(), List.of(commit)));
    Map<String, String> sales = new TreeMap<>();
    rows.totals(SalesView.NAME)
        .forEach(
            (rank, sums) -> sales.put(rank, sums.get("orders") + " for " + sums.get("revenue")));
    return sales;
  }

  @Test
  void ordersOfADayACountryAndACurrencyAreAddedUp() {
    order("1", Samples.PLACED)
        .order("2", Samples.PLACED, Samples.CONFIRMED, Samples.COMPLETED)
        .order("3", placed("France", "GBP", "2026-03-01T23:59:59.999Z", 10))
        .order("4", placed("France", "EUR", "2026-03-01T10:00:00Z", 20))
        .order("5", placed("France", "GBP", "2026-03-02T00:00:00Z", 40))
        .order("6", Samples.BY_GUEST);

    assertThat(delivered())
        .isEqualTo(
            Map.of(
                BRITISH,
                "2 for 3540",
                "2026-03-01#France#GBP",
                "1 for 10",
                "2026-03-01#France#EUR",
                "1 for 20",
                "2026-03-02#France#GBP",
                "1 for 40",
                "2026-03-01##JPY",
                "1 for 0"));
  }

  private static OrderEvent placed(@Nullable String country, String currency, String at, long sum) {
    return new OrderEvent.Placed(
        null, country, currency, Instant.parse(at), List.of(Samples.KIT), sum);
  }

  @Test
  void whatCameBackIsTakenOffTheDayOnWhichItWasOrdered() {
    order("1", Samples.PLACED, Samples.CONFIRMED, Samples.COMPLETED, Samples.RETURNED)
        .order("1", Samples.RETURNED_WITHOUT_REASON);

    assertThat(delivered()).isEqualTo(Map.of(BRITISH, "1 for 295"));
  }

  @Test
  void otherLinesCountInPlaceOfThoseBefore() {
    order("1", Samples.PLACED, Samples.CHANGED);

    assertThat(delivered()).isEqualTo(Map.of(BRITISH, "1 for 3540"));
  }

  @Test
  void anOrderThatIsCancelledCountsNothing() {
    order("1", Samples.PLACED).order("2", Samples.PLACED, Samples.CONFIRMED);
    assertThat(delivered()).isEqualTo(Map.of(BRITISH, "2 for 3540"));

    order("2", Samples.CANCELLED);
    assertThat(delivered()).isEqualTo(Map.of(BRITISH, "1 for 1770"));
  }

  @Test
  void ordersFromBeforeCountriesWereToldCountTogether() {
    order("1", Samples.PLACED_NOWHERE);

    assertThat(delivered()).isEqualTo(Map.of("2026-03-01##GBP", "1 for 1770"));
  }

  @Test
  void whatOrdersComeToIsNotBounded() {
    order("1", placed("France", "GBP", "2026-03-01T10:00:00Z", Long.MAX_VALUE))
        .order("2", placed("France", "GBP", "2026-03-01T10:00:00Z", Long.MAX_VALUE));

    assertThat(delivered())
        .containsValue("2 for " + BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
  }

  @Test
  void aRankIsReadAsItWasWritten() {
    for (String country : new @Nullable String[] {"Isles (St. X & Y's), 1-2", null}) {
      SalesKey key = new SalesKey(LocalDate.of(2011, 3, 31), country, "GBP");

      assertThat(SalesKey.of(key.rank())).isEqualTo(key);
    }
    assertThatThrownBy(() -> SalesKey.of("2011-03-31#France"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"day\":\"2026-02-30\",\"currency\":\"GBP\",\"orders\":1,\"revenue\":1}",
        "{\"day\":\"2026-02-20\",\"currency\":\"GBP\",\"orders\":2,\"revenue\":1}",
        "{\"day\":\"2026-02-20\",\"currency\":\"GBP\",\"orders\":1,\"revenue\":-1}"
      })
  void aRowThatIsBrokenIsAnError(String data) {
    order("1", Samples.PLACED, Samples.CONFIRMED);

    assertThatThrownBy(() -> new SalesView().apply(new Row(data, null), commits.getLast()))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> new SalesView().apply(null, commits.getLast()))
        .isInstanceOf(IllegalStateException.class);
  }
}
