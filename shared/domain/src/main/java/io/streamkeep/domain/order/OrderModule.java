package io.streamkeep.domain.order;

import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.QueryOperation.GetEvents;
import io.streamkeep.domain.module.QueryOperation.GetRow;
import io.streamkeep.domain.module.QueryOperation.ListRows;

/** Registers orders with their operations and views. */
public final class OrderModule {

  private static final OrderView VIEW = new OrderView();
  private static final CustomerOrdersView CUSTOMER_ORDERS = new CustomerOrdersView();

  public static final AggregateModule<OrderCommand, OrderEvent, Order> ORDER =
      AggregateModule.of(
              Order.CATEGORY, new OrderDecider(), new OrderEventCodec(), new OrderStateCodec())
          .answer(OrderView::show)
          .create(
              "placeOrder",
              "POST /orders",
              (body, now) ->
                  new OrderCommand.Place(
                      OrderFields.customer(body),
                      OrderFields.requestedCountry(body),
                      OrderFields.requestedCurrency(body),
                      OrderFields.lines(body),
                      now))
          .command(
              "changeOrderLines",
              "PUT /orders/{id}/lines",
              (body, now) -> new OrderCommand.ChangeLines(OrderFields.lines(body)))
          .command(
              "confirmOrder",
              "POST /orders/{id}/confirmation",
              (body, now) -> new OrderCommand.Confirm())
          .command(
              "completeOrder",
              "POST /orders/{id}/completion",
              (body, now) -> new OrderCommand.Complete())
          .command(
              "cancelOrder",
              "POST /orders/{id}/cancellation",
              (body, now) -> new OrderCommand.Cancel(OrderFields.reason(body)))
          .command(
              "returnOrderLines",
              "POST /orders/{id}/returns",
              (body, now) ->
                  new OrderCommand.Return(
                      OrderFields.returnedLines(body), OrderFields.optionalReason(body)))
          .view(VIEW)
          .view(CUSTOMER_ORDERS)
          .view(new SalesView())
          .query(new GetRow("getOrder", "GET /orders/{id}", VIEW))
          .query(new GetEvents("getOrderEvents", "GET /orders/{id}/events"))
          .query(
              new ListRows(
                  "listCustomerOrders",
                  "GET /customers/{id}/orders",
                  "orders",
                  CUSTOMER_ORDERS,
                  CustomerOrdersView::list,
                  "must be a customer id"))
          .query(SalesView.QUERY)
          .build();

  private OrderModule() {}
}
