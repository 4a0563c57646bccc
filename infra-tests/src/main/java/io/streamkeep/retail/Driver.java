package io.streamkeep.retail;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sends a file's orders, several at once, and when they are done its returns. */
final class Driver {

  private final Commands commands;
  private final InFlight inFlight;
  private final Progress progress;

  Driver(Commands commands, InFlight inFlight, Progress progress) {
    this.commands = commands;
    this.inFlight = inFlight;
    this.progress = progress;
  }

  Ledger drive(List<Draft> drafts) throws IOException, InterruptedException {
    List<Fate> ordered = orders(Plan.of(drafts, Map.of()).orders());
    Plan plan = Plan.of(drafts, refused(ordered));
    Map<String, Sale> sales = new ConcurrentHashMap<>();
    List<Fate> rest = new ArrayList<>();
    for (Fate fate : ordered) {
      switch (fate) {
        case Fate.Stored(Sale sale) -> sales.put(sale.invoice(), sale);
        case Fate.Refused inPlanNow -> {}
        case Fate other -> rest.add(other);
      }
    }
    rest.addAll(returns(plan.returns(), new ReturnDriver(commands, sales)));
    return new Ledger(drafts.size(), plan, inOrder(plan, sales), rest);
  }

  private static List<Sale> inOrder(Plan plan, Map<String, Sale> sales) {
    return plan.orders().stream()
        .flatMap(order -> Stream.ofNullable(sales.get(order.invoice())))
        .toList();
  }

  private static Map<String, String> refused(List<Fate> fates) {
    return fates.stream()
        .filter(Fate.Refused.class::isInstance)
        .map(Fate.Refused.class::cast)
        .collect(Collectors.toMap(Fate.Refused::invoice, Fate.Refused::reason));
  }

  private List<Fate> orders(List<Draft.Order> orders) throws IOException, InterruptedException {
    OrderDriver driver = new OrderDriver(commands);
    try (Progress.Stage stage = progress.stage("orders", orders.size())) {
      return inFlight.map(
          orders,
          order -> {
            Fate fate = driver.drive(order);
            stage.step();
            return fate;
          });
    }
  }

  /** Returns of one customer go one after the other: they may hit the same order. */
  private List<Fate> returns(List<PlannedReturn> returns, ReturnDriver driver)
      throws IOException, InterruptedException {
    Collection<List<PlannedReturn>> chains =
        returns.stream()
            .collect(
                Collectors.groupingBy(
                    PlannedReturn::customer, LinkedHashMap::new, Collectors.toList()))
            .values();
    try (Progress.Stage stage = progress.stage("returns", returns.size())) {
      return inFlight.map(chains, chain -> drive(chain, driver, stage)).stream()
          .flatMap(List::stream)
          .toList();
    }
  }

  private static List<Fate> drive(
      List<PlannedReturn> chain, ReturnDriver driver, Progress.Stage stage)
      throws GaveUpException, InterruptedException {
    List<Fate> fates = new ArrayList<>();
    for (PlannedReturn planned : chain) {
      fates.add(driver.drive(planned));
      stage.step();
    }
    return fates;
  }
}
