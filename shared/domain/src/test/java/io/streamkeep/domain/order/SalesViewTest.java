package io.streamkeep.domain.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sales equal the sum over all orders, however their events are delivered. */
final class SalesViewTest {

  private static final String BRITISH = "2026-03-01#United Kingdom#GBP";

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore rows = new InMemoryViewStore();
  private final Projection<?, ?> projection =
      new Projection<>(Order.CATEGORY, new OrderEventCodec(), new SalesView());
  private final ViewProjector<?, ?> projector = new ViewProjector<>(projection, rows, events);
  private final List<Commit> commits = new ArrayList<>();

  private SalesViewTest order(String id, OrderEvent... happened) {
    StreamId stream = new StreamId(Order.CATEGORY, id);
    for (OrderEvent event : happened) {
      NewCommit commit =
          new NewCommit(
              List.of(new OrderEventCodec().encode(event)),
              Samples.AT,
              new CommandId("c"),
              new Fingerprint("f"),
              Metadata.NONE);
      Appended appended = (Appended) events.append(events.load(stream).head(), commit);
      commits.add(appended.commits().getFirst().commit());
    }
    return this;
  }

  /** Delivers each commit three times, in random order. */
  private Map<String, String> delivered() {
    List<Commit> some = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      some.addAll(commits);
    }
    Collections.shuffle(some, new Random(11));
    some.forEach(commit -> projector.deliver(commit.stream(), List.of(commit)));
    Map<String, String> sales = new TreeMap<>();
    rows.totals(SalesView.NAME)
        .forEach(
            (sortKey, sums) ->
                sales.put(sortKey, sums.get("orders") + " for " + sums.get("revenue")));
    return sales;
  }

  @Test
  void orders_areAddedUpByDayCountryAndCurrency() {
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
  void return_reducesRevenueOfTheDayOfTheOrder() {
    order("1", Samples.PLACED, Samples.CONFIRMED, Samples.COMPLETED, Samples.RETURNED)
        .order("1", Samples.RETURNED_WITHOUT_REASON);

    assertThat(delivered()).isEqualTo(Map.of(BRITISH, "1 for 295"));
  }

  @Test
  void changedLines_replaceTheRevenueOfTheFormerLines() {
    order("1", Samples.PLACED, Samples.CHANGED);

    assertThat(delivered()).isEqualTo(Map.of(BRITISH, "1 for 3540"));
  }

  @Test
  void cancelledOrder_contributesNothing() {
    order("1", Samples.PLACED).order("2", Samples.PLACED, Samples.CONFIRMED);
    assertThat(delivered()).isEqualTo(Map.of(BRITISH, "2 for 3540"));

    order("2", Samples.CANCELLED);
    assertThat(delivered()).isEqualTo(Map.of(BRITISH, "1 for 1770"));
  }

  @Test
  void ordersWithoutCountry_areAddedUpTogether() {
    order("1", Samples.PLACED_NOWHERE);

    assertThat(delivered()).isEqualTo(Map.of("2026-03-01##GBP", "1 for 1770"));
  }

  @Test
  void revenue_mayExceedLong() {
    order("1", placed("France", "GBP", "2026-03-01T10:00:00Z", Long.MAX_VALUE))
        .order("2", placed("France", "GBP", "2026-03-01T10:00:00Z", Long.MAX_VALUE));

    assertThat(delivered())
        .containsValue("2 for " + BigInteger.valueOf(Long.MAX_VALUE).shiftLeft(1));
  }

  @Test
  void sortKey_roundTrips() {
    for (String country : new @Nullable String[] {"Isles (St. X & Y's), 1-2", null}) {
      SalesKey key = new SalesKey(LocalDate.of(2011, 3, 31), country, "GBP");

      assertThat(SalesKey.of(key.sortKey())).isEqualTo(key);
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
  void brokenOrMissingRow_isAnError(String data) {
    order("1", Samples.PLACED, Samples.CONFIRMED);

    assertThatThrownBy(() -> projection.apply(new Row(data, null, Set.of()), commits.getLast()))
        .isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> projection.apply(null, commits.getLast()))
        .isInstanceOf(IllegalStateException.class);
  }
}
