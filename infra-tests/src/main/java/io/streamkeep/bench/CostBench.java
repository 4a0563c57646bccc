package io.streamkeep.bench;

import static java.util.stream.Collectors.toMap;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.bench.CostReport.OrderCost;
import io.streamkeep.bench.MeteredOrders.Written;
import io.streamkeep.domain.order.Line;
import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderCommand;
import io.streamkeep.domain.order.OrderCommand.ReturnedLine;
import io.streamkeep.importer.ImportPlan;
import io.streamkeep.importer.ParsedInvoice;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.cost.Cost;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Processes the orders of retail files as the importer does, but in this process and one commit
 * after the other; delivers each commit to the views as they are and to views with whole rows.
 */
final class CostBench {

  private final DynamoEventStore events;
  private final MeteredOrders orders;
  private final MeteredViews views;
  private final MeteredViews wholeRowViews;
  private final Map<StreamId, OrderCost> costs = new LinkedHashMap<>();
  private int files;
  private int invoices;
  private int returns;

  /**
   * A benchmark on empty tables.
   *
   * @param before tables for the views with whole rows
   */
  CostBench(Tables tables, Tables before, List<Projection<?, ?>> all) {
    this.events = new DynamoEventStore(tables.plain(), Tables.EVENTS);
    this.orders = new MeteredOrders(tables);
    this.views = new MeteredViews(all, tables, events);
    this.wholeRowViews =
        new MeteredViews(
            all.stream().<Projection<?, ?>>map(WholeRowView::of).toList(), before, events);
  }

  /** Processes a file's orders, then its returns, which refer to orders of the same file. */
  void measure(List<ParsedInvoice> file) {
    files++;
    invoices += file.size();
    Map<String, StreamId> placed = new HashMap<>();
    Map<String, String> refused = new HashMap<>();
    for (ParsedInvoice.Order order : ImportPlan.of(file, Map.of()).orders()) {
      place(order)
          .ifPresentOrElse(
              stream -> placed.put(order.invoice(), stream),
              () -> refused.put(order.invoice(), "refused"));
    }
    ImportPlan.of(file, refused).returns().forEach(each -> returnLines(each, placed));
  }

  /** Places, confirms and completes an order; returns its stream, unless it is refused. */
  private Optional<StreamId> place(ParsedInvoice.Order order) {
    CommandId id = id(order.invoice() + "-place");
    StreamId stream = StreamId.createdBy(id, Order.CATEGORY);
    Optional<Written> placed = orders.handle(stream, id, command(order));
    if (placed.isEmpty()) {
      return Optional.empty();
    }
    costs.put(stream, new OrderCost(order.invoice(), placed.get().bytes(), List.of()));
    deliver(placed.get());
    change(stream, order.invoice() + "-confirm", new OrderCommand.Confirm());
    change(stream, order.invoice() + "-complete", new OrderCommand.Complete());
    return Optional.of(stream);
  }

  private static OrderCommand command(ParsedInvoice.Order order) {
    List<Line> lines =
        order.lines().stream()
            .map(l -> new Line(l.sku(), l.description(), l.quantity(), l.unitPrice()))
            .toList();
    return new OrderCommand.Place(
        order.customer(), order.country(), order.currency(), lines, MeteredOrders.NOW);
  }

  private void returnLines(ImportPlan.Return planned, Map<String, StreamId> placed) {
    for (ImportPlan.ReturnPart part : planned.parts()) {
      List<ReturnedLine> lines =
          part.lines().entrySet().stream()
              .map(line -> new ReturnedLine(line.getKey(), line.getValue()))
              .toList();
      change(
          Optional.ofNullable(placed.get(part.order())).orElseThrow(),
          planned.invoice() + "-return-" + part.order(),
          new OrderCommand.Return(lines, null));
    }
    returns++;
  }

  /** The id of a file's command; two files may have an invoice of the same number. */
  private CommandId id(String key) {
    return CommandId.of("retail-" + files + "-" + key, CommandClient.ACTOR);
  }

  private void change(StreamId stream, String key, OrderCommand command) {
    deliver(orders.handle(stream, id(key), command).orElseThrow(() -> refusal(key)));
  }

  private static IllegalStateException refusal(String key) {
    return new IllegalStateException("Expected the command to be accepted: " + key);
  }

  private void deliver(Written written) {
    Map<String, Cost> before = wholeRowViews.deliver(written.commit());
    Map<String, Cost> after = views.deliver(written.commit());
    Map<String, Units> units = new LinkedHashMap<>();
    double readUnits = written.readUnits();
    for (Map.Entry<String, Cost> view : after.entrySet()) {
      Cost wholeRow = before.getOrDefault(view.getKey(), Cost.NOTHING);
      units.put(view.getKey(), new Units(wholeRow.writeUnits(), view.getValue().writeUnits()));
      readUnits += view.getValue().readUnits();
    }
    CommitCost cost = new CommitCost(Map.of(written.kind(), written.units()), units, readUnits);
    costs.computeIfPresent(written.commit().stream(), (stream, order) -> order.plus(cost));
  }

  CostReport report() {
    Map<StreamId, List<Commit>> streams =
        costs.keySet().stream()
            .collect(toMap(stream -> stream, stream -> events.load(stream).commits()));
    int wrong = wrong(views.verify(streams)) + wrong(wholeRowViews.verify(streams));
    return new CostReport(invoices, returns, List.copyOf(costs.values()), wrong);
  }

  private static int wrong(ViewVerification verification) {
    return verification.lost() + verification.wrong();
  }
}
