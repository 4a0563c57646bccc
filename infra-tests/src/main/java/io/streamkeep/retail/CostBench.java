package io.streamkeep.retail;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.bench.SignedRequest;
import io.streamkeep.bench.Tables;
import io.streamkeep.domain.order.Line;
import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderCommand;
import io.streamkeep.domain.order.OrderCommand.ReturnedLine;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.retail.CostReport.Measured;
import io.streamkeep.retail.MeteredOrders.Written;
import io.streamkeep.testkit.cost.Cost;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Takes the orders of files to the last view, each as {@link Driver} does but all in this process,
 * one commit after the other; the views twice, as they are and as they were before.
 */
final class CostBench {

  private static final String REFUSED = "refused";

  private final MeteredOrders orders;
  private final MeteredViews views;
  private final MeteredViews viewsBefore;
  private final Map<StreamId, Measured> measured = new LinkedHashMap<>();
  private int files;
  private int invoices;
  private int returns;

  /**
   * Nothing is there yet.
   *
   * @param tables on which all is as it is now
   * @param before on which only the views are, as they were
   */
  CostBench(Tables tables, Tables before, List<View> all) {
    DynamoEventStore events = new DynamoEventStore(tables.plain(), Tables.EVENTS);
    this.orders = new MeteredOrders(tables);
    this.views = new MeteredViews(all, tables, events);
    this.viewsBefore =
        new MeteredViews(all.stream().<View>map(WholeView::new).toList(), before, events);
  }

  /** Takes a file's orders and returns; no other file's have to do with them. */
  void measure(List<Draft> drafts, Progress progress) {
    files++;
    invoices += drafts.size();
    Map<String, StreamId> placed = new HashMap<>();
    Map<String, String> refused = new HashMap<>();
    List<Draft.Order> wanted = Plan.of(drafts, Map.of()).orders();
    try (Progress.Stage stage = progress.stage("orders", wanted.size())) {
      for (Draft.Order order : wanted) {
        order(order)
            .ifPresentOrElse(
                stream -> placed.put(order.invoice(), stream),
                () -> refused.put(order.invoice(), REFUSED));
        stage.step();
      }
    }
    List<PlannedReturn> planned = Plan.of(drafts, refused).returns();
    try (Progress.Stage stage = progress.stage("returns", planned.size())) {
      for (PlannedReturn each : planned) {
        takeBack(each, placed);
        stage.step();
      }
    }
  }

  /** The order's stream, unless it is refused. */
  private Optional<StreamId> order(Draft.Order order) {
    CommandId id = id(order.invoice() + "-place");
    StreamId stream = StreamId.createdBy(id, Order.CATEGORY);
    Optional<Written> placed = orders.handle(stream, id, place(order));
    if (placed.isEmpty()) {
      return Optional.empty();
    }
    measured.put(stream, new Measured(order.invoice(), placed.get().bytes(), List.of()));
    project(CommitKind.PLACED, placed.get());
    change(CommitKind.CONFIRMED, stream, order.invoice() + "-confirm", new OrderCommand.Confirm());
    change(
        CommitKind.COMPLETED, stream, order.invoice() + "-complete", new OrderCommand.Complete());
    return Optional.of(stream);
  }

  private void takeBack(PlannedReturn planned, Map<String, StreamId> placed) {
    for (PlannedReturn.Hit hit : planned.hits()) {
      StreamId stream = Optional.ofNullable(placed.get(hit.order())).orElseThrow();
      List<ReturnedLine> lines = new ArrayList<>();
      hit.lines().forEach((line, quantity) -> lines.add(new ReturnedLine(line, quantity)));
      change(
          CommitKind.RETURNED,
          stream,
          planned.invoice() + "-return-" + hit.order(),
          new OrderCommand.Return(lines, null));
    }
    returns++;
  }

  private static OrderCommand place(Draft.Order order) {
    List<Line> lines =
        order.lines().stream()
            .map(l -> new Line(l.sku(), l.description(), l.quantity(), l.unitPrice()))
            .toList();
    return new OrderCommand.Place(
        order.customer(), order.country(), order.currency(), lines, MeteredOrders.NOW);
  }

  /** Two files may have an invoice of the same number. */
  private CommandId id(String key) {
    return SignedRequest.command("retail-" + files + "-" + key);
  }

  private void change(CommitKind kind, StreamId stream, String key, OrderCommand command) {
    Optional<Written> written = orders.handle(stream, id(key), command);
    project(
        kind,
        written.orElseThrow(
            () -> new IllegalStateException("Refused, though it was planned: " + key)));
  }

  private void project(CommitKind kind, Written written) {
    Map<String, Cost> before = viewsBefore.deliver(written.commit());
    Map<String, Cost> after = views.deliver(written.commit());
    Map<String, Units> units = new LinkedHashMap<>();
    double readUnits = written.readUnits();
    for (Map.Entry<String, Cost> view : after.entrySet()) {
      Cost was = before.getOrDefault(view.getKey(), Cost.NOTHING);
      units.put(view.getKey(), new Units(was.writeUnits(), view.getValue().writeUnits()));
      readUnits += view.getValue().readUnits();
    }
    OrderCost cost = new OrderCost(Map.of(kind, written.units()), units, readUnits);
    measured.computeIfPresent(written.commit().stream(), (stream, order) -> order.plus(cost));
  }

  CostReport report() {
    int wrong =
        measured.keySet().stream()
            .mapToInt(stream -> views.wrong(stream) + viewsBefore.wrong(stream))
            .sum();
    return new CostReport(invoices, returns, List.copyOf(measured.values()), wrong);
  }
}
