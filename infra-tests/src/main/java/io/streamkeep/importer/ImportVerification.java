package io.streamkeep.importer;

import io.streamkeep.domain.order.CustomerOrdersView.Summary;
import io.streamkeep.importer.ImportRetail.Waits;
import io.streamkeep.importer.OrdersClient.Answer;
import io.streamkeep.importer.OrdersClient.History;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** Compares what was sent with the event store and the views. */
final class ImportVerification {

  private static final List<String> EVENT_TYPES =
      List.of(".order.placed.v", ".order.confirmed.v", ".order.completed.v");

  /** Finds the orders that a query shows incorrectly: invoice number → difference. */
  private interface ViewCheck {
    Map<String, String> differences() throws IOException, InterruptedException;
  }

  private final OrdersClient client;
  private final BoundedExecutor executor;
  private final Waits waits;
  private final PrintWriter err;

  // By invoice number.
  private final Map<String, Long> newestCommits = new ConcurrentHashMap<>();
  private final SortedMap<String, String> notStored = new ConcurrentSkipListMap<>();

  ImportVerification(OrdersClient client, BoundedExecutor executor, Waits waits, PrintWriter err) {
    this.client = client;
    this.executor = executor;
    this.waits = waits;
    this.err = err;
  }

  /** Reports totals in this currency even if nothing was ordered. */
  ImportReport report(InvoiceSender.Result sent, String currency)
      throws IOException, InterruptedException {
    try (ProgressBar progress = new Progress(err).stage("history", sent.completed().size())) {
      executor.forEach(
          sent.completed(),
          order -> {
            checkHistory(order);
            progress.step();
          });
    }
    List<CompletedOrder> stored =
        sent.completed().stream()
            .filter(order -> newestCommits.containsKey(order.invoice()))
            .toList();
    SortedMap<String, String> notProjected = awaitViews(viewChecks(stored));
    return new ImportReport(
        sent.read(),
        stored.size(),
        stored.size() - notProjected.size(),
        sent.returned(),
        sent.refused(),
        totals(stored, currency, Summary::total),
        totals(stored, currency, Summary::refunded),
        Stream.of(
                lines("invoice %s: %s", sent.failed()),
                lines("invoice %s is not stored: %s", notStored),
                lines("invoice %s is not projected: %s", notProjected))
            .flatMap(lines -> lines)
            .toList());
  }

  private static Stream<String> lines(String format, SortedMap<String, String> reasons) {
    return reasons.entrySet().stream().map(e -> format.formatted(e.getKey(), e.getValue()));
  }

  private void checkHistory(CompletedOrder order) throws IOException, InterruptedException {
    try {
      History history = client.history(order.id());
      if (history.newest() >= order.commit()
          && EVENT_TYPES.stream().allMatch(history::hasTypeLike)) {
        newestCommits.put(order.invoice(), history.newest());
      } else {
        notStored.put(order.invoice(), "the event store has only " + history);
      }
    } catch (ResponseException e) {
      notStored.put(order.invoice(), String.valueOf(e.getMessage()));
    }
  }

  private List<ViewCheck> viewChecks(List<CompletedOrder> stored) {
    List<ViewCheck> checks = new ArrayList<>();
    Map<String, List<CompletedOrder>> byCustomer = new TreeMap<>();
    for (CompletedOrder order : stored) {
      checks.add(() -> checkView(order));
      String customer = order.order().customer();
      if (customer != null) {
        byCustomer.computeIfAbsent(customer, name -> new ArrayList<>()).add(order);
      }
    }
    byCustomer.forEach((customer, orders) -> checks.add(() -> checkList(customer, orders)));
    return checks;
  }

  /** Checks the view of an order, which must reflect its newest commit. */
  private Map<String, String> checkView(CompletedOrder order)
      throws IOException, InterruptedException {
    try {
      return client
          .view(order.id())
          .map(view -> difference(order, view))
          .orElse(Optional.of("there is no view of the order"))
          .map(text -> Map.of(order.invoice(), text))
          .orElse(Map.of());
    } catch (ResponseException e) {
      return Map.of(order.invoice(), String.valueOf(e.getMessage()));
    }
  }

  private Optional<String> difference(CompletedOrder order, Answer view) {
    long newest = newestCommits.getOrDefault(order.invoice(), 0L);
    return view.commit() == newest
        ? order.difference(view.order()).map(text -> "the view " + text)
        : Optional.of("the view reflects commit %d, not %d".formatted(view.commit(), newest));
  }

  private Map<String, String> checkList(String customer, List<CompletedOrder> orders)
      throws IOException, InterruptedException {
    Map<String, String> differences = new HashMap<>();
    try {
      Map<String, Summary> list = client.ordersOf(customer);
      for (CompletedOrder order : orders) {
        Summary expected = order.summary();
        Summary actual = list.get(order.id());
        if (!expected.equals(actual)) {
          differences.put(
              order.invoice(),
              "customer %s's list has %s instead of %s".formatted(customer, actual, expected));
        }
      }
    } catch (ResponseException e) {
      orders.forEach(order -> differences.put(order.invoice(), String.valueOf(e.getMessage())));
    }
    return differences;
  }

  /** Repeats failing checks as long as views advance, and returns the remaining differences. */
  private SortedMap<String, String> awaitViews(List<ViewCheck> checks)
      throws IOException, InterruptedException {
    Map<ViewCheck, Map<String, String>> failing = new ConcurrentHashMap<>();
    try (ProgressBar progress = new Progress(err).stage("views", checks.size())) {
      checks.forEach(check -> failing.put(check, Map.of()));
      long advanced = System.nanoTime();
      long before = Long.MAX_VALUE;
      while (!failing.isEmpty() && System.nanoTime() - advanced <= waits.stalled().toNanos()) {
        executor.forEach(
            List.copyOf(failing.keySet()),
            check -> {
              Map<String, String> differences = check.differences();
              failing.put(check, differences);
              if (differences.isEmpty()) {
                failing.remove(check);
                progress.step();
              }
            });
        long remaining = failing.values().stream().mapToLong(Map::size).sum();
        if (remaining < before) {
          before = remaining;
          advanced = System.nanoTime();
        }
        if (remaining > 0) {
          Thread.sleep(waits.shortest());
        }
      }
    }
    return failing.values().stream()
        .flatMap(differences -> differences.entrySet().stream())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
  }

  private static SortedMap<String, Long> totals(
      List<CompletedOrder> stored, String currency, ToLongFunction<Summary> amount) {
    SortedMap<String, Long> totals = new TreeMap<>(Map.of(currency, 0L));
    for (CompletedOrder order : stored) {
      Summary summary = order.summary();
      totals.merge(summary.currency(), amount.applyAsLong(summary), Math::addExact);
    }
    return totals;
  }
}
