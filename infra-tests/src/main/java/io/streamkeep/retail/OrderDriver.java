package io.streamkeep.retail;

import java.util.Optional;

/** Carries an order through: placed, confirmed, completed. */
final class OrderDriver {

  private final Commands commands;

  OrderDriver(Commands commands) {
    this.commands = commands;
  }

  Fate drive(Draft.Order order) throws GaveUpException, InterruptedException {
    Answer answer = commands.place(order);
    return switch (answer) {
      case Answer.Accepted(OrderView placed) -> confirm(order, placed.id());
      case Answer.Refused refused -> Fate.Refused.by(refused, order.invoice());
      case Answer.Broken broken -> Fate.Failed.at("placing", order.invoice(), broken);
    };
  }

  private Fate confirm(Draft.Order order, String id) throws GaveUpException, InterruptedException {
    Answer answer = commands.confirm(order, id);
    return answer instanceof Answer.Accepted
        ? complete(order, id)
        : Fate.Failed.at("confirmation", order.invoice(), answer);
  }

  private Fate complete(Draft.Order order, String id) throws GaveUpException, InterruptedException {
    Answer answer = commands.complete(order, id);
    if (!(answer instanceof Answer.Accepted(OrderView completed))) {
      return Fate.Failed.at("completion", order.invoice(), answer);
    }
    Sale sale = Sale.completed(order, completed);
    Optional<String> difference = sale.difference(completed);
    return difference.isEmpty()
        ? new Fate.Stored(sale)
        : new Fate.Failed("invoice " + order.invoice() + ": completion " + difference.get());
  }
}
