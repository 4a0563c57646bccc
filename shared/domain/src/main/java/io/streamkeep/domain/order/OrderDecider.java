package io.streamkeep.domain.order;

import io.streamkeep.domain.order.Order.Cancelled;
import io.streamkeep.domain.order.Order.Completed;
import io.streamkeep.domain.order.Order.Confirmed;
import io.streamkeep.domain.order.Order.NotPlaced;
import io.streamkeep.domain.order.Order.OrderDetails;
import io.streamkeep.domain.order.Order.Placed;
import io.streamkeep.domain.order.OrderCommand.ReturnedLine;
import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection.Kind;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The rules of an order: placed → confirmed → completed, lines changed while placed, cancelled
 * before it is completed, returned after.
 */
public final class OrderDecider implements Decider<OrderCommand, OrderEvent, Order> {

  @Override
  public Order initial() {
    return new NotPlaced();
  }

  @Override
  public Decision<OrderEvent> decide(OrderCommand command, Order order) {
    return switch (command) {
      case OrderCommand.Place place -> place(place, order);
      case OrderCommand.ChangeLines change -> change(change, order);
      case OrderCommand.Confirm confirm -> confirm(order);
      case OrderCommand.Complete complete -> complete(order);
      case OrderCommand.Cancel cancel -> cancel(cancel, order);
      case OrderCommand.Return back -> returnLines(back, order);
    };
  }

  private static Decision<OrderEvent> place(OrderCommand.Place place, Order order) {
    if (!(order instanceof NotPlaced)) {
      return reject(Kind.STATE, "order-already-placed", "The order was placed before.");
    }
    if (!OrderFields.isMoney(place.currency())) {
      return reject(Kind.INPUT, "currency-unknown", "The currency is not money of ISO 4217.");
    }
    OptionalLong total = total(place.lines());
    return total.isEmpty()
        ? overflow()
        : Decision.accept(
            new OrderEvent.Placed(
                place.customer(),
                place.country(),
                place.currency(),
                place.at(),
                place.lines(),
                total.getAsLong()));
  }

  private static Decision<OrderEvent> change(OrderCommand.ChangeLines change, Order order) {
    return switch (order) {
      case NotPlaced() -> unknown();
      case Placed(OrderDetails details) when details.lines().equals(change.lines()) ->
          Decision.nothing();
      case Placed placed -> change(change.lines());
      case Confirmed confirmed -> alreadyConfirmed();
      case Completed completed -> alreadyCompleted();
      case Cancelled cancelled -> alreadyCancelled();
    };
  }

  private static Decision<OrderEvent> change(List<Line> lines) {
    OptionalLong total = total(lines);
    return total.isEmpty()
        ? overflow()
        : Decision.accept(new OrderEvent.LinesChanged(lines, total.getAsLong()));
  }

  private static Decision<OrderEvent> confirm(Order order) {
    return switch (order) {
      case NotPlaced() -> unknown();
      case Placed placed -> Decision.accept(new OrderEvent.Confirmed());
      case Confirmed confirmed -> alreadyConfirmed();
      case Completed completed -> alreadyCompleted();
      case Cancelled cancelled -> alreadyCancelled();
    };
  }

  private static Decision<OrderEvent> complete(Order order) {
    return switch (order) {
      case NotPlaced() -> unknown();
      case Placed placed ->
          reject(
              Kind.STATE, "order-not-confirmed", "Only an order that was confirmed is completed.");
      case Confirmed confirmed -> Decision.accept(new OrderEvent.Completed());
      case Completed completed -> alreadyCompleted();
      case Cancelled cancelled -> alreadyCancelled();
    };
  }

  private static Decision<OrderEvent> cancel(OrderCommand.Cancel cancel, Order order) {
    return switch (order) {
      case NotPlaced() -> unknown();
      case Placed placed -> Decision.accept(new OrderEvent.Cancelled(cancel.reason()));
      case Confirmed confirmed -> Decision.accept(new OrderEvent.Cancelled(cancel.reason()));
      case Completed completed -> alreadyCompleted();
      case Cancelled cancelled -> alreadyCancelled();
    };
  }

  private static Decision<OrderEvent> returnLines(OrderCommand.Return back, Order order) {
    return switch (order) {
      case NotPlaced() -> unknown();
      case Placed placed -> notCompleted();
      case Confirmed confirmed -> notCompleted();
      case Completed completed -> returnLines(back, completed);
      case Cancelled cancelled -> alreadyCancelled();
    };
  }

  private static Decision<OrderEvent> returnLines(OrderCommand.Return back, Completed order) {
    List<Line> lines = order.details().lines();
    long[] left = new long[lines.size()];
    for (int i = 0; i < left.length; i++) {
      left[i] = lines.get(i).quantity() - order.returned().get(i);
    }
    SortedMap<Integer, Long> quantities = new TreeMap<>();
    long refund = 0;
    for (ReturnedLine line : back.lines()) {
      if (line.line() > left.length) {
        return reject(Kind.INPUT, "line-unknown", "The order has no line " + line.line() + ".");
      }
      int index = line.line() - 1;
      if (line.quantity() > left[index]) {
        return reject(
            Kind.STATE,
            "return-exceeds-line",
            "Of line " + line.line() + " only " + left[index] + " can still be returned.");
      }
      left[index] -= line.quantity();
      quantities.merge(line.line(), line.quantity(), Long::sum);
      // No overflow: a refund never exceeds the order's total, which was checked.
      refund += line.quantity() * lines.get(index).unitPrice();
    }
    return Decision.accept(new OrderEvent.Returned(quantities, refund, back.reason()));
  }

  @Override
  public Order evolve(Order order, OrderEvent event) {
    return switch (event) {
      case OrderEvent.Placed(
              var customer,
              var country,
              var currency,
              var placedAt,
              var lines,
              var total)
          when order instanceof NotPlaced ->
          new Placed(new OrderDetails(customer, country, currency, placedAt, lines, total));
      case OrderEvent.LinesChanged(var lines, var total) when order instanceof Placed placed ->
          new Placed(placed.details().with(lines, total));
      case OrderEvent.Confirmed() when order instanceof Placed placed ->
          new Confirmed(placed.details());
      case OrderEvent.Completed() when order instanceof Confirmed confirmed ->
          Completed.of(confirmed.details());
      case OrderEvent.Cancelled(var reason) when order instanceof Placed placed ->
          new Cancelled(placed.details(), reason);
      case OrderEvent.Cancelled(var reason) when order instanceof Confirmed confirmed ->
          new Cancelled(confirmed.details(), reason);
      case OrderEvent.Returned(var quantities, var refund, var reason)
          when order instanceof Completed completed ->
          completed.withReturned(quantities, refund);
      case OrderEvent misplaced ->
          throw new IllegalStateException(
              misplaced.getClass().getSimpleName()
                  + " can't follow "
                  + order.getClass().getSimpleName());
    };
  }

  private static OptionalLong total(List<Line> lines) {
    try {
      return OptionalLong.of(lines.stream().mapToLong(Line::total).reduce(0, Math::addExact));
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private static Decision<OrderEvent> unknown() {
    return reject(Kind.UNKNOWN, "order-unknown", "There is no such order.");
  }

  private static Decision<OrderEvent> alreadyConfirmed() {
    return reject(Kind.STATE, "order-already-confirmed", "The order was confirmed before.");
  }

  private static Decision<OrderEvent> notCompleted() {
    return reject(
        Kind.STATE, "order-not-completed", "Only of a completed order lines are returned.");
  }

  private static Decision<OrderEvent> alreadyCompleted() {
    return reject(Kind.STATE, "order-already-completed", "The order was completed before.");
  }

  private static Decision<OrderEvent> alreadyCancelled() {
    return reject(Kind.STATE, "order-cancelled", "The order was cancelled.");
  }

  private static Decision<OrderEvent> overflow() {
    return reject(Kind.INPUT, "total-overflow", "The order's total is too large.");
  }

  private static Decision<OrderEvent> reject(Kind kind, String code, String detail) {
    return Decision.reject(kind, code, detail);
  }
}
