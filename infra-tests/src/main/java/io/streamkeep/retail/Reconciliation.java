package io.streamkeep.retail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds what was done against the event store and the views. */
final class Reconciliation {

  private static final Set<String> CARRIED_THROUGH =
      Set.of(".order.placed.v", ".order.confirmed.v", ".order.completed.v");

  private final Queries queries;
  private final InFlight inFlight;
  private final Projection projection;
  private final Progress progress;

  Reconciliation(Queries queries, InFlight inFlight, Patience patience, Progress progress) {
    this.queries = queries;
    this.inFlight = inFlight;
    this.projection = new Projection(queries, inFlight, patience);
    this.progress = progress;
  }

  /** What history says of a sale: its newest commit, or why it does not count as stored. */
  private sealed interface Found {
    record Stored(Sale sale, long newest) implements Found {}

    record Wrong(String why) implements Found {}
  }

  /** The currency shows in the totals even if nothing was sold. */
  Report report(Ledger ledger, String currency) throws IOException, InterruptedException {
    List<Found> found = histories(ledger.sales());
    List<Found.Stored> stored = all(found, Found.Stored.class);
    SortedMap<String, String> missing = views(stored);
    List<Sale> sales = stored.stream().map(Found.Stored::sale).toList();
    return new Report(
        ledger.read(),
        stored.size(),
        stored.size() - missing.size(),
        (int) ledger.ended(Fate.Returned.class).count(),
        refused(ledger),
        totals(sales, currency, OrderView::total),
        totals(sales, currency, OrderView::refunded),
        failures(ledger, all(found, Found.Wrong.class), missing));
  }

  private static <T> List<T> all(List<? super T> found, Class<T> type) {
    return found.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private List<Found> histories(List<Sale> sales) throws IOException, InterruptedException {
    try (Progress.Stage stage = progress.stage("history", sales.size())) {
      return inFlight.map(
          sales,
          sale -> {
            Found found = history(sale);
            stage.step();
            return found;
          });
    }
  }

  private Found history(Sale sale) throws GaveUpException, InterruptedException {
    try {
      Queries.History history = queries.history(sale.last().id());
      boolean whole = history.newest() >= sale.last().commit();
      for (String wanted : CARRIED_THROUGH) {
        whole &= history.types().stream().anyMatch(type -> type.contains(wanted));
      }
      return whole
          ? new Found.Stored(sale, history.newest())
          : wrong(sale, "the event store has only " + history);
    } catch (BadAnswerException e) {
      return wrong(sale, String.valueOf(e.getMessage()));
    }
  }

  private static Found wrong(Sale sale, String why) {
    return new Found.Wrong("invoice %s is not stored: %s".formatted(sale.invoice(), why));
  }

  private SortedMap<String, String> views(List<Found.Stored> stored)
      throws IOException, InterruptedException {
    List<Look> looks = new ArrayList<>();
    Map<String, List<Sale>> byCustomer = new TreeMap<>();
    for (Found.Stored found : stored) {
      Sale sale = found.sale();
      looks.add(new Look.AtOrder(sale, found.newest()));
      if (sale.order().customer() != null) {
        byCustomer
            .computeIfAbsent(sale.order().customer(), customer -> new ArrayList<>())
            .add(sale);
      }
    }
    byCustomer.forEach((customer, sales) -> looks.add(new Look.AtCustomer(customer, sales)));
    try (Progress.Stage stage = progress.stage("views", looks.size())) {
      return projection.await(looks, stage);
    }
  }

  private static SortedMap<String, Integer> refused(Ledger ledger) {
    return Stream.concat(
            ledger.plan().refused().stream().map(Draft.Refused::reason),
            ledger.ended(Fate.Refused.class).map(Fate.Refused::reason))
        .collect(Collectors.toMap(reason -> reason, reason -> 1, Integer::sum, TreeMap::new));
  }

  private static SortedMap<String, Long> totals(
      List<Sale> sales, String currency, ToLongFunction<OrderView> amount) {
    SortedMap<String, Long> totals = new TreeMap<>();
    totals.put(currency, 0L);
    for (Sale sale : sales) {
      totals.merge(sale.last().currency(), amount.applyAsLong(sale.last()), Math::addExact);
    }
    return totals;
  }

  private static List<String> failures(
      Ledger ledger, List<Found.Wrong> wrong, SortedMap<String, String> missing) {
    Stream<String> failed = ledger.ended(Fate.Failed.class).map(Fate.Failed::why);
    Stream<String> notStored = wrong.stream().map(Found.Wrong::why);
    Stream<String> notProjected =
        missing.entrySet().stream()
            .map(e -> "invoice %s is not projected: %s".formatted(e.getKey(), e.getValue()));
    return Stream.of(failed, notStored, notProjected).flatMap(lines -> lines).toList();
  }
}
