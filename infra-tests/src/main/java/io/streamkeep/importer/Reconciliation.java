package io.streamkeep.importer;

import io.streamkeep.importer.OrdersClient.History;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** Compares what was sent with the event store and the views. */
final class Reconciliation {

  private static final List<String> EVENT_TYPES =
      List.of(".order.placed.v", ".order.confirmed.v", ".order.completed.v");

  private final OrdersClient client;
  private final BoundedExecutor executor;
  private final RetrySettings settings;
  private final Progress progress;

  // By invoice number.
  private final Map<String, Long> newestCommits = new ConcurrentHashMap<>();
  private final SortedMap<String, String> notStored = new ConcurrentSkipListMap<>();

  Reconciliation(
      OrdersClient client, BoundedExecutor executor, RetrySettings settings, Progress progress) {
    this.client = client;
    this.executor = executor;
    this.settings = settings;
    this.progress = progress;
  }

  /** Reports totals in the currency even if nothing was ordered. */
  ImportReport report(InvoiceSender.Result sent, String currency)
      throws IOException, InterruptedException {
    try (ProgressBar stage = progress.stage("history", sent.completed().size())) {
      executor.forEach(
          sent.completed(),
          order -> {
            checkHistory(order);
            stage.step();
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
        sent.refused().values().stream()
            .collect(Collectors.toMap(reason -> reason, reason -> 1, Integer::sum, TreeMap::new)),
        totals(stored, currency, OrderState::total),
        totals(stored, currency, OrderState::refunded),
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
      History history = client.history(order.state().id());
      if (history.newest() >= order.state().commit()
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
      long newest = newestCommits.getOrDefault(order.invoice(), 0L);
      checks.add(ViewCheck.ofOrder(order, newest, client));
      String customer = order.order().customer();
      if (customer != null) {
        byCustomer.computeIfAbsent(customer, name -> new ArrayList<>()).add(order);
      }
    }
    byCustomer.forEach(
        (customer, orders) -> checks.add(ViewCheck.ofCustomer(customer, orders, client)));
    return checks;
  }

  /** Repeats failing checks while views advance, and returns the remaining differences. */
  private SortedMap<String, String> awaitViews(List<ViewCheck> failing)
      throws IOException, InterruptedException {
    try (ProgressBar stage = progress.stage("views", failing.size())) {
      run(failing, stage);
      long advanced = System.nanoTime();
      int rounds = 0;
      while (!failing.isEmpty() && System.nanoTime() - advanced <= settings.stalled().toNanos()) {
        Thread.sleep(settings.backoff(++rounds));
        long before = differences(failing);
        run(failing, stage);
        if (differences(failing) < before) {
          advanced = System.nanoTime();
          rounds = 0;
        }
      }
    }
    return failing.stream()
        .flatMap(check -> check.differences().entrySet().stream())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (one, other) -> one, TreeMap::new));
  }

  private void run(List<ViewCheck> checks, ProgressBar stage)
      throws IOException, InterruptedException {
    executor.forEach(checks, ViewCheck::run);
    int before = checks.size();
    checks.removeIf(ViewCheck::passed);
    stage.stepBy((long) before - checks.size());
  }

  private static long differences(List<ViewCheck> checks) {
    return checks.stream().mapToLong(check -> check.differences().size()).sum();
  }

  private static SortedMap<String, Long> totals(
      List<CompletedOrder> stored, String currency, ToLongFunction<OrderState> amount) {
    SortedMap<String, Long> totals = new TreeMap<>(Map.of(currency, 0L));
    for (CompletedOrder order : stored) {
      totals.merge(order.state().currency(), amount.applyAsLong(order.state()), Math::addExact);
    }
    return totals;
  }
}
