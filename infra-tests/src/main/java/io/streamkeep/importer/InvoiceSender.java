package io.streamkeep.importer;

import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderView.OrderRow;
import io.streamkeep.importer.OrdersClient.Answer;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;

/** Sends a file's orders concurrently, then its returns, and collects the results. */
final class InvoiceSender {

  private final OrdersClient client;
  private final BoundedExecutor executor;
  private final PrintWriter err;

  // By invoice number; an order is updated as its returns are applied.
  private final Map<String, CompletedOrder> completed = new ConcurrentHashMap<>();
  private final Map<String, String> refusedByApi = new ConcurrentHashMap<>();
  private final SortedMap<String, String> failed = new ConcurrentSkipListMap<>();
  private final AtomicInteger returned = new AtomicInteger();

  InvoiceSender(OrdersClient client, BoundedExecutor executor, PrintWriter err) {
    this.client = client;
    this.executor = executor;
    this.err = err;
  }

  /**
   * The results of a file.
   *
   * @param read the number of invoices
   * @param completed the orders, including what was returned of them, in file order
   * @param returned the number of returns applied completely
   * @param refused in file order
   * @param failed invoice number → the reason why it is incomplete or its outcome unknown
   */
  record Result(
      int read,
      List<CompletedOrder> completed,
      int returned,
      List<ParsedInvoice.Refused> refused,
      SortedMap<String, String> failed) {}

  Result send(List<ParsedInvoice> invoices) throws IOException, InterruptedException {
    List<ParsedInvoice.Order> orders = ImportPlan.of(invoices, Map.of()).orders();
    try (ProgressBar progress = new Progress(err).stage("orders", orders.size())) {
      executor.forEach(
          orders,
          order -> {
            sendOrder(order);
            progress.step();
          });
    }
    ImportPlan plan = ImportPlan.of(invoices, refusedByApi);
    sendReturns(plan.returns());
    return new Result(
        invoices.size(),
        plan.orders().stream()
            .flatMap(order -> Stream.ofNullable(completed.get(order.invoice())))
            .toList(),
        returned.get(),
        refused(invoices, plan),
        failed);
  }

  /** Those that the plan leaves out, and the returns that the API refused. */
  private List<ParsedInvoice.Refused> refused(List<ParsedInvoice> invoices, ImportPlan plan) {
    Map<String, Long> lines =
        invoices.stream().collect(Collectors.toMap(ParsedInvoice::invoice, ParsedInvoice::line));
    Stream<ParsedInvoice.Refused> returns =
        plan.returns().stream()
            .map(ImportPlan.Return::invoice)
            .filter(refusedByApi::containsKey)
            .map(
                invoice ->
                    new ParsedInvoice.Refused(
                        invoice,
                        Objects.requireNonNull(lines.get(invoice)),
                        Objects.requireNonNull(refusedByApi.get(invoice))));
    return Stream.concat(plan.refused().stream(), returns)
        .sorted(Comparator.comparingLong(ParsedInvoice.Refused::line))
        .toList();
  }

  /** Sends a customer's returns one after the other, since they may refer to the same order. */
  private void sendReturns(List<ImportPlan.Return> returns)
      throws IOException, InterruptedException {
    Map<String, List<ImportPlan.Return>> byCustomer =
        returns.stream()
            .collect(
                Collectors.groupingBy(
                    ImportPlan.Return::customer, LinkedHashMap::new, Collectors.toList()));
    try (ProgressBar progress = new Progress(err).stage("returns", returns.size())) {
      executor.forEach(
          byCustomer.values(),
          ofCustomer -> {
            for (ImportPlan.Return each : ofCustomer) {
              sendReturn(each);
              progress.step();
            }
          });
    }
  }

  private void sendOrder(ParsedInvoice.Order order) throws IOException, InterruptedException {
    String invoice = order.invoice();
    String step = "placing";
    try {
      OrderRow placed = client.place(order).order();
      String id = placed.id();
      step = "confirmation";
      client.confirm(id, invoice);
      step = "completion";
      Answer last = client.complete(id, invoice);
      CompletedOrder done = CompletedOrder.of(order, id, placedAt(placed), last.commit());
      done.difference(last.order())
          .ifPresentOrElse(
              difference -> failed.put(invoice, "completion " + difference),
              () -> completed.put(invoice, done));
    } catch (ResponseException e) {
      refuseOrFail(invoice, step, e, step.equals("placing"));
    }
  }

  private static Instant placedAt(OrderRow order) {
    return ((Order.Existing) order.order()).details().placedAt();
  }

  private void sendReturn(ImportPlan.Return goods) throws IOException, InterruptedException {
    String invoice = goods.invoice();
    if (!goods.parts().stream().allMatch(part -> completed.containsKey(part.order()))) {
      failed.put(invoice, "not sent, an order that it takes back from failed");
      return;
    }
    for (ImportPlan.ReturnPart part : goods.parts()) {
      CompletedOrder before = Objects.requireNonNull(completed.get(part.order()));
      try {
        Answer answer = client.returnLines(before.id(), invoice, part);
        CompletedOrder after = before.afterReturn(part.lines(), answer.commit());
        completed.put(part.order(), after);
        after.difference(answer.order()).ifPresent(text -> failed.put(invoice, "return " + text));
      } catch (ResponseException e) {
        boolean first = part.equals(goods.parts().getFirst());
        refuseOrFail(invoice, "return to " + part.order(), e, first);
      }
      if (refusedByApi.containsKey(invoice) || failed.containsKey(invoice)) {
        return;
      }
    }
    returned.incrementAndGet();
  }

  /** Only a rejected first command is a refusal; later ones leave the invoice incomplete. */
  private void refuseOrFail(String invoice, String step, ResponseException e, boolean first) {
    if (first && e.rejection().isPresent()) {
      refusedByApi.put(invoice, "api-" + e.rejection().get());
    } else {
      failed.put(invoice, step + " failed: " + e.getMessage());
    }
  }
}
