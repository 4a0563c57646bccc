package io.streamkeep.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.bench.CostReport.CommitCost;
import io.streamkeep.bench.CostReport.OrderCost;
import io.streamkeep.bench.CostReport.Units;
import io.streamkeep.domain.order.Line;
import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderCommand;
import io.streamkeep.domain.order.OrderCommand.ReturnedLine;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.importer.ImportPlan;
import io.streamkeep.importer.ParsedInvoice;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Executes the orders of retail files as the importer does, but in this process and one command at
 * a time, and delivers each commit to the views.
 */
final class CostBench {

  /** The time of all commands, so that every run costs the same. */
  private static final Instant NOW = Instant.parse("2026-03-02T09:05:00.123Z");

  private final Tables tables;
  private final CostMeter meter;
  private final CommandClient<OrderCommand, OrderEvent, Order> client;
  private final List<MeteredView> views;
  private final Map<StreamId, OrderCost> costs = new LinkedHashMap<>();
  private int files;
  private int invoices;
  private int returns;

  CostBench(Tables tables, List<Projection<?, ?>> views) {
    this.tables = tables;
    this.meter = tables.meter();
    this.client =
        new CommandClient<>(
            tables.client(meter),
            CommandClient.WARM,
            OrderModule.ORDER,
            InstantSource.fixed(NOW),
            Sleeper.real(SecureRandom::new));
    this.views =
        views.stream()
            .filter(view -> view.category().equals(Order.CATEGORY))
            .map(view -> new MeteredView(view, tables))
            .toList();
  }

  /** Executes the orders of a file, then its returns, which refer to orders in the same file. */
  void measure(List<ParsedInvoice> file) {
    files++;
    invoices += file.size();
    Map<String, String> refused = new HashMap<>();
    for (ParsedInvoice.Order order : ImportPlan.of(file, Map.of()).orders()) {
      String invoice = order.invoice();
      if (isAccepted(invoice, "place", place(order))) {
        change(invoice, "confirm", new OrderCommand.Confirm());
        change(invoice, "complete", new OrderCommand.Complete());
      } else {
        refused.put(invoice, "refused");
      }
    }
    for (ImportPlan.Return each : ImportPlan.of(file, refused).returns()) {
      each.parts().forEach(part -> change(part.order(), each.invoice(), returnLines(part)));
      returns++;
    }
  }

  private static OrderCommand place(ParsedInvoice.Order order) {
    List<Line> lines =
        order.lines().stream()
            .map(l -> new Line(l.sku(), l.description(), l.quantity(), l.unitPrice()))
            .toList();
    return new OrderCommand.Place(order.customer(), order.country(), order.currency(), lines, NOW);
  }

  private static OrderCommand returnLines(ImportPlan.ReturnPart part) {
    List<ReturnedLine> lines =
        part.lines().entrySet().stream()
            .map(line -> new ReturnedLine(line.getKey(), line.getValue()))
            .toList();
    return new OrderCommand.Return(lines, null);
  }

  private void change(String invoice, String step, OrderCommand command) {
    if (!isAccepted(invoice, step, command)) {
      throw new IllegalStateException("Expected to be accepted: " + step + " of " + invoice);
    }
  }

  /** Executes a command on an invoice's order, and delivers the commit. */
  private boolean isAccepted(String invoice, String step, OrderCommand command) {
    StreamId stream = StreamId.createdBy(id(invoice, "place"), Order.CATEGORY);
    Cost before = meter.cost();
    Outcome<Order> outcome = client.handle(stream, id(invoice, step), command, event -> {});
    Cost cost = meter.cost().minus(before);
    return switch (outcome) {
      case Outcome.Completed<Order> done -> {
        deliver(invoice, item(stream, done.commit()), cost);
        yield true;
      }
      case Outcome.Rejected<Order> rejected -> false;
      case Outcome.TooLarge<Order> tooLarge -> false;
      default ->
          throw new IllegalStateException("Expected an accepted or rejected command: " + outcome);
    };
  }

  /**
   * The id of a command; it includes the file, since two files may have the same invoice number.
   */
  private CommandId id(String invoice, String step) {
    return CommandId.of("retail-%d-%s-%s".formatted(files, invoice, step), CommandClient.ACTOR);
  }

  private Map<String, AttributeValue> item(StreamId stream, long commit) {
    Map<String, AttributeValue> key =
        Map.of("stream", fromS(stream.toString()), "commit", fromN(Long.toString(commit)));
    return tables.plain().getItem(get -> get.tableName(Tables.EVENTS).key(key)).item();
  }

  private void deliver(String invoice, Map<String, AttributeValue> item, Cost append) {
    Commit commit = CommitItem.read(item);
    String kind = commit.events().getFirst().type().replaceFirst(".*[.]", "");
    Units events = new Units(plainWriteUnits(item, commit), append.writeUnits());
    Map<String, Units> units = new LinkedHashMap<>();
    double readUnits = append.readUnits();
    for (MeteredView view : views) {
      Cost cost = view.deliver(commit);
      units.put(view.name(), new Units(view.wholeRowUnits(commit, cost), cost.writeUnits()));
      readUnits += cost.readUnits();
    }
    CommitCost cost = new CommitCost(Map.of(kind, events), units, readUnits);
    long bytes =
        commit.events().stream().mapToLong(event -> event.data().getBytes(UTF_8).length).sum();
    costs.merge(commit.stream(), new OrderCost(invoice, bytes, List.of(cost)), OrderCost::plus);
  }

  /**
   * The write units of a commit's item if its events were uncompressed JSON and it had no snapshot;
   * see {@link CommitItem} for the format.
   */
  private static long plainWriteUnits(Map<String, AttributeValue> item, Commit commit) {
    Map<String, AttributeValue> plain = new HashMap<>(item);
    plain.remove("packed");
    plain.remove("snapshot");
    plain.put("events", fromL(commit.events().stream().map(CostBench::plain).toList()));
    return ItemSize.writeUnits(ItemSize.of(plain));
  }

  private static AttributeValue plain(RecordedEvent event) {
    return fromM(
        Map.of(
            "type", fromS(event.type()),
            "schema", fromN(Integer.toString(event.version())),
            "data", fromS(event.data())));
  }

  /** The costs of all orders so far. */
  List<OrderCost> orders() {
    return List.copyOf(costs.values());
  }

  int invoices() {
    return invoices;
  }

  int returns() {
    return returns;
  }
}
