package io.streamkeep.retail;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Sends returns and keeps the book of sales up to date with what came back. */
final class ReturnDriver {

  private final Commands commands;
  private final Map<String, Sale> sales;

  /** The sales are by invoice number; returns of different customers may be driven at once. */
  ReturnDriver(Commands commands, Map<String, Sale> sales) {
    this.commands = commands;
    this.sales = sales;
  }

  /** Every order that it hits must have been driven before. */
  Fate drive(PlannedReturn planned) throws GaveUpException, InterruptedException {
    List<PlannedReturn.Hit> hits = planned.hits();
    List<Sale> hit = hits.stream().flatMap(h -> Stream.ofNullable(sales.get(h.order()))).toList();
    if (hit.size() < hits.size()) {
      return new Fate.Failed(
          "invoice " + planned.invoice() + ": not sent, an order that it takes back from failed");
    }
    for (int i = 0; i < hits.size(); i++) {
      Optional<Fate> end = send(planned.invoice(), hits.get(i), hit.get(i), i == 0);
      if (end.isPresent()) {
        return end.get();
      }
    }
    return new Fate.Returned(planned.invoice());
  }

  /** How the return ended, if this request ended it. */
  private Optional<Fate> send(String invoice, PlannedReturn.Hit hit, Sale before, boolean first)
      throws GaveUpException, InterruptedException {
    Answer answer = commands.takeBack(invoice, hit, before.last().id());
    return switch (answer) {
      case Answer.Accepted(OrderView order) -> booked(invoice, before.after(hit, order));
      case Answer.Refused refused when first -> Optional.of(Fate.Refused.by(refused, invoice));
      case Answer.Refused refused -> failed(invoice, hit, refused);
      case Answer.Broken broken -> failed(invoice, hit, broken);
    };
  }

  private Optional<Fate> booked(String invoice, Sale after) {
    sales.put(after.invoice(), after);
    return after
        .difference(after.last())
        .map(difference -> new Fate.Failed("invoice " + invoice + ": return " + difference));
  }

  private static Optional<Fate> failed(String invoice, PlannedReturn.Hit hit, Answer answer) {
    return Optional.of(Fate.Failed.at("return to " + hit.order(), invoice, answer));
  }
}
