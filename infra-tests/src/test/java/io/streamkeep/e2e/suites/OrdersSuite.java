package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.Problems;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The lifecycle of an order over HTTP, including its history. */
public abstract class OrdersSuite {

  private final Api api;

  protected OrdersSuite(Backend backend) {
    this.api = Api.of(backend);
  }

  @Test
  void placedOrder_isReturnedWithNumberedLinesAndTotal() {
    JsonObject order = api.post("/orders", Api.order("14479", Api.LINE, Api.LINE)).json();

    assertThat(order.getString("status")).isEqualTo("placed");
    assertThat(order.getString("customer")).isEqualTo("14479");
    assertThat(order.getInt("total")).isEqualTo(2 * 6 * 295);
    assertThat(order.getJsonArray("lines").getJsonObject(1).getInt("line")).isEqualTo(2);
  }

  @Test
  void trailingSlash_isIgnored() {
    Response placed = api.post("/orders/", Api.order("slash", Api.LINE));

    assertThat(placed.header("Location")).isEqualTo(api.path("/orders/" + placed.id()));
    Response history = api.get("/orders/" + placed.id() + "/events/?limit=1");
    assertThat(history.array()).hasSize(1);
  }

  @Test
  void orderView_equalsLastCommandResponse() {
    String path = "/orders/" + api.place("shown");
    Response changed =
        api.put(path + "/lines", Api.key(), "{\"lines\":[" + Api.LINE + "," + Api.LINE + "]}");
    Response confirmed = api.post(path + "/confirmation", "");
    Response completed = api.post(path + "/completion", "{}");
    Response returned = api.post(path + "/returns", "{\"lines\":[{\"line\":2,\"quantity\":4}]}");

    assertThat(List.of(changed, confirmed, completed, returned))
        .extracting(Response::status)
        .containsOnly(200);
    assertThat(returned.json().getInt("refunded")).isEqualTo(4 * 295);
    assertThat(returned.header("ETag")).isEqualTo("\"5\"");
    awaitShown(path, returned);
  }

  /** A large order's lines are stored apart from its changing fields. */
  @Test
  void largeOrderView_isComplete_afterEachCommand() {
    Response placed = api.post("/orders", Api.order("large", Api.lines(100)));
    String path = "/orders/" + placed.id();
    awaitShown(path, placed);
    String fewer = "{\"lines\":[" + String.join(",", Api.lines(60)) + "]}";

    awaitShown(path, api.put(path + "/lines", Api.key(), fewer));
    awaitShown(path, api.post(path + "/confirmation", ""));
    awaitShown(path, api.post(path + "/completion", ""));
    awaitShown(path, api.post(path + "/returns", "{\"lines\":[{\"line\":60,\"quantity\":4}]}"));
  }

  private void awaitShown(String path, Response command) {
    await().until(() -> api.get(path).header("ETag").equals(command.header("ETag")));
    assertThat(api.get(path).text()).isEqualTo(command.text());
  }

  @Test
  void guestOrder_hasNoCustomer() {
    Response placed = api.post("/orders", "{\"currency\":\"GBP\",\"lines\":[" + Api.LINE + "]}");

    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.json()).doesNotContainKey("customer");
  }

  @Test
  void country_isOptional() {
    String order = "{%s\"currency\":\"GBP\",\"lines\":[" + Api.LINE + "]}";

    Response placed = api.post("/orders", order.formatted("\"country\":\"United Kingdom\","));
    Response notTold = api.post("/orders", order.formatted(""));

    assertThat(placed.json().getString("country")).isEqualTo("United Kingdom");
    awaitShown("/orders/" + placed.id(), placed);
    assertThat(notTold.status()).isEqualTo(201);
    assertThat(notTold.json()).doesNotContainKey("country");
  }

  @Test
  void cancelledOrder_keepsReason_andRejectsConfirmation() {
    String path = "/orders/" + api.place("cancelled");

    Response cancelled = api.post(path + "/cancellation", "{\"reason\":\"Too late\"}");

    assertThat(cancelled.json().getString("status")).isEqualTo("cancelled");
    assertThat(cancelled.json().getString("cancellationReason")).isEqualTo("Too late");
    Response tooLate = api.post(path + "/confirmation", "");
    Problems.assertProblem(tooLate, 409, "order-cancelled");
  }

  @Test
  void customerOrders_areListedNewestFirst_inPages() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.addFirst(api.place("many+orders@example.com"));
    }
    String path = "/customers/many+orders%40example.com/orders?limit=3";
    await().until(() -> api.pages(path).stream().mapToInt(List::size).sum() == 7);

    List<List<String>> pages = api.pages(path);

    assertThat(pages).extracting(List::size).containsExactly(3, 3, 1);
    assertThat(pages.stream().flatMap(List::stream).toList())
        .hasSameElementsAs(ids)
        .first()
        .isEqualTo(ids.getFirst());
  }

  @Test
  void history_isBatchOfCloudEvents() {
    String id = api.sell("history");

    Response history = api.get("/orders/" + id + "/events");

    assertThat(history.header("Content-Type")).isEqualTo("application/cloudevents-batch+json");
    assertThat(history.array())
        .extracting(event -> event.asJsonObject().getString("type"))
        .containsExactly(
            "io.streamkeep.order.placed.v2",
            "io.streamkeep.order.confirmed.v1",
            "io.streamkeep.order.completed.v1");
    JsonObject first = history.array().getJsonObject(0);
    assertThat(first.getString("specversion")).isEqualTo("1.0");
    assertThat(first.getString("source")).isEqualTo("/orders/" + id);
    assertThat(first.getString("subject")).isEqualTo(id);
    assertThat(first.getJsonObject("data").getInt("total")).isEqualTo(6 * 295);
  }
}
