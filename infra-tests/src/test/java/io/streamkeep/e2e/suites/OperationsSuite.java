package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FeedCheck;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The operations API: parked subscribers, redrive, lag. */
public abstract class OperationsSuite {

  private final Backend backend;
  private final Api api;
  private final Queues queues;

  protected OperationsSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
    this.queues = new Queues(backend);
  }

  @Test
  void parkedSubscribers_areListed_redrivenAndAudited() {
    List<String> orders = List.of(api.place("operator"), api.place("operator"));
    new ViewsCheck(backend).awaitViewsOf(Set.copyOf(orders));
    orders.forEach(this::breakRow);
    Problems.assertProblem(api.get("/orders/" + orders.getFirst()), 503, "row-unreadable");
    orders.forEach(order -> api.post("/orders/" + order + "/confirmation", ""));
    awaitParked(orders);
    orders.forEach(order -> api.post("/orders/" + order + "/completion", ""));
    assertLag(orders);

    String one = "/operations/parked?stream=" + encoded("order#" + orders.getFirst());
    JsonObject parked = api.get(one).json().getJsonArray("parked").getJsonObject(0);
    assertThat(parked.getString("subscriber")).isEqualTo("order");
    assertThat(parked.getInt("commit")).isEqualTo(2);
    assertThat(parked.getString("reason"))
        .startsWith("io.streamkeep.kernel.store.UnreadableException: The row ");
    assertThat(parked.getString("parkedAt")).isLessThanOrEqualTo(parked.getString("triedAt"));
    assertThat(pages("/operations/parked?subscriber=order&limit=1")).containsAll(orders);
    assertThat(api.get("/operations/parked?subscriber=customer-orders").text())
        .isEqualTo("{\"parked\":[]}");

    queues.awaitRedelivery();
    assertThat(queues.messages("DeadLetterQueue")).isGreaterThanOrEqualTo(2);
    assertThat(api.get(one).json().getJsonArray("parked").getJsonObject(0).getInt("tries"))
        .isGreaterThan(queues.maxReceives("RedeliveryQueue"));

    orders.forEach(this::emptyRow);
    String redrive = "/operations/parked/redrive?stream=" + encoded("order#" + orders.getFirst());
    String key = Api.key();
    Response dry = api.post(redrive + "&dry-run=true", key, "");
    assertThat(dry.json().getBoolean("dryRun")).isTrue();
    Response first = api.post(redrive, key, "");
    assertThat(first.json().getInt("redriven")).isEqualTo(1);
    new ViewsCheck(backend).awaitViewsOf(Set.of(orders.getFirst()));
    assertThat(queues.messages("DeadLetterQueue")).as("dead messages stay").isEqualTo(2);
    assertThat(api.post(redrive, key, "").text()).isEqualTo(first.text());

    Response all = api.post("/operations/parked/redrive?all=true", "");
    assertThat(all.json().getInt("redriven")).isEqualTo(1);
    new ViewsCheck(backend).awaitViewsOf(Set.copyOf(orders));
    await().until(() -> queues.messages("DeadLetterQueue") == 0);
    queues.awaitRedelivery();
    assertThat(api.get("/operations/parked").text()).isEqualTo("{\"parked\":[]}");
    assertThat(events(first.json().getString("id")))
        .containsExactly("redrive.requested", "redrive.completed");
  }

  /** The order view lags by the parked commits; the other subscribers have caught up. */
  private void assertLag(List<String> orders) {
    new FeedCheck(backend, 4).awaitComplete();
    JsonObject order = lag("order");
    assertThat(order.getInt("parked")).isGreaterThanOrEqualTo(2);
    JsonObject oldest = order.getJsonObject("oldestUnapplied");
    assertThat(orders).contains(StreamId.parse(oldest.getString("stream")).key());
    assertThat(oldest.getInt("commit")).isEqualTo(2);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              JsonObject feed = lag("feed");
              assertThat(feed).doesNotContainKey("oldestUnapplied").containsKey("newest");
              assertThat(lag("customer-orders").getJsonObject("newest").getString("time"))
                  .isGreaterThan(oldest.getString("time"));
            });
  }

  private JsonObject lag(String subscriber) {
    Response response = api.get("/operations/lag");
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    return response.json().getJsonArray("lag").getValuesAs(JsonObject.class).stream()
        .filter(one -> one.getString("subscriber").equals(subscriber))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void redriveKey_isRejected_whenReusedForOtherFilter() {
    String key = Api.key();
    api.post("/operations/parked/redrive?subscriber=order", key, "");

    Problems.assertProblem(
        api.post("/operations/parked/redrive?all=true", key, ""), 422, "idempotency-key-reused");
  }

  @Test
  void invalidParameter_isNamed() {
    Map.of(
            "/operations/parked?subscriber=orders", "subscriber",
            "/operations/parked?stream=order", "stream",
            "/operations/parked?after=order", "after",
            "/operations/parked?limit=0", "limit")
        .forEach((path, parameter) -> Problems.assertParameter(api.get(path), parameter));
    Map.of(
            "/operations/parked/redrive", "all",
            "/operations/parked/redrive?all=true&subscriber=order", "all",
            "/operations/parked/redrive?all=yes", "all")
        .forEach((path, parameter) -> Problems.assertParameter(api.post(path, ""), parameter));
  }

  private void awaitParked(List<String> orders) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> pages("/operations/parked?subscriber=order&limit=100").containsAll(orders));
  }

  /** The stream keys on all pages. */
  private List<String> pages(String first) {
    List<String> keys = new ArrayList<>();
    String path = first;
    while (!path.isEmpty()) {
      Response page = api.get(path);
      page.json().getJsonArray("parked").getValuesAs(JsonObject.class).stream()
          .map(parked -> StreamId.parse(parked.getString("stream")).key())
          .forEach(keys::add);
      path = page.header("Link").replaceFirst("<.*(/operations.*)>; rel=\"next\"", "$1");
    }
    return keys;
  }

  private List<String> events(String redrive) {
    return new DynamoEventStore(backend.dynamoDb(), backend.tableName("EventsTable"))
        .load(new StreamId("redrive", redrive)).commits().stream()
            .flatMap(commit -> commit.events().stream())
            .map(RecordedEvent::type)
            .toList();
  }

  /** Makes an order's row in the order view unreadable. */
  private void breakRow(String order) {
    update(
        order,
        u ->
            u.updateExpression("SET #data = :data")
                .expressionAttributeNames(Map.of("#data", "data"))
                .expressionAttributeValues(Map.of(":data", fromS("{}"))));
  }

  /** Repairs the row: it is folded anew. Its parking attributes stay. */
  private void emptyRow(String order) {
    update(
        order,
        u ->
            u.updateExpression("REMOVE #data, #commit")
                .expressionAttributeNames(Map.of("#data", "data", "#commit", "commit")));
  }

  private void update(String order, Consumer<UpdateItemRequest.Builder> change) {
    Map<String, AttributeValue> key =
        Map.of("stream", fromS("order#" + order), "view", fromS("order"));
    backend
        .dynamoDb()
        .updateItem(u -> change.accept(u.tableName(backend.tableName("ViewsTable")).key(key)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
  }
}
