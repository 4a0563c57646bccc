package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.e2e.support.ViewsCheck;
import jakarta.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Orders and revenue by day and country. */
public abstract class SalesSuite {

  private static final String RETURN = "{\"lines\":[{\"line\":1,\"quantity\":2}]}";
  private static final int LINE = 6 * 295;

  private final Backend backend;
  private final Api api;

  /** A country that no other test uses. */
  private final String here = "Isle of " + UUID.randomUUID();

  private final String there = "St. " + UUID.randomUUID();

  protected SalesSuite(Backend backend) {
    this.backend = backend;
    this.api = Api.of(backend);
  }

  private String place(String country) {
    String order =
        "{\"country\":\"%s\",\"currency\":\"GBP\",\"lines\":[%s]}".formatted(country, Api.LINE);
    return api.post("/orders", order).id();
  }

  private String sell(String country) {
    String id = place(country);
    api.post("/orders/" + id + "/confirmation", "");
    api.post("/orders/" + id + "/completion", "");
    return id;
  }

  /** The day and its neighbours, since midnight may pass during the test. */
  private static String days(LocalDate placed) {
    return "/sales?from=" + placed.minusDays(1) + "&to=" + placed.plusDays(1);
  }

  private String dayOf(String id) {
    await().until(() -> api.get("/orders/" + id).status() == 200);
    return api.get("/orders/" + id).json().getString("placedAt").substring(0, 10);
  }

  private static String of(String country) {
    return "&country=" + URLEncoder.encode(country, StandardCharsets.UTF_8);
  }

  /** Orders and revenue. */
  private record Sold(int orders, int revenue) {

    Sold plus(Sold more) {
      return new Sold(orders + more.orders, revenue + more.revenue);
    }
  }

  /** The sales of all days on all pages, by country. */
  private Map<String, Sold> sales(String query) {
    Map<String, Sold> sales = new HashMap<>();
    for (JsonObject line : api.items(query, "sales")) {
      assertThat(line.getString("currency")).isEqualTo("GBP");
      sales.merge(
          line.getString("country", ""),
          new Sold(line.getInt("orders"), line.getInt("revenue")),
          Sold::plus);
    }
    return sales;
  }

  @Test
  void sales_areTotalledByCountry_throughReturnsAndCancellations() {
    String sold = sell(here);
    String cancelled = place(here);
    String other = sell(there);
    LocalDate day = LocalDate.parse(dayOf(sold));
    Set<String> orders = Set.of(sold, cancelled, other);
    ViewsCheck check = new ViewsCheck(backend);
    check.awaitViewsOf(orders);
    assertThat(sales(days(day) + of(here))).isEqualTo(Map.of(here, new Sold(2, 2 * LINE)));

    api.post("/orders/" + sold + "/returns", RETURN);
    api.post("/orders/" + other + "/returns", RETURN);
    api.post("/orders/" + cancelled + "/cancellation", "{\"reason\":\"Too late\"}");
    check.awaitViewsOf(orders);

    assertThat(sales(days(day) + of(here))).isEqualTo(Map.of(here, new Sold(1, LINE - 2 * 295)));
    assertThat(sales(days(day) + of(there))).isEqualTo(Map.of(there, new Sold(1, LINE - 2 * 295)));
    assertThat(sales(days(day) + "&limit=3"))
        .containsEntry(here, new Sold(1, LINE - 2 * 295))
        .containsEntry(there, new Sold(1, LINE - 2 * 295));
    assertThat(sales(days(day.plusDays(10)) + of(here))).isEmpty();
  }

  @Test
  void sales_omitCountry_whenAllItsOrdersAreCancelled() {
    String order = place(here);
    LocalDate day = LocalDate.parse(dayOf(order));
    await().until(() -> !sales(days(day) + of(here)).isEmpty());

    api.post("/orders/" + order + "/cancellation", "{\"reason\":\"Too late\"}");

    await().until(() -> sales(days(day) + of(here)).isEmpty());
  }

  @Test
  void sales_haveNoCountry_whenOrdersNameNone() {
    String order = "{\"currency\":\"GBP\",\"lines\":[%s]}".formatted(Api.LINE);
    LocalDate day = LocalDate.parse(dayOf(api.post("/orders", order).id()));
    String query = days(day) + of("");

    await().until(() -> !sales(query).isEmpty());

    assertThat(api.items(query, "sales"))
        .allSatisfy(line -> assertThat(line).doesNotContainKey("country"));
  }

  @Test
  void sales_countEachOfManyOrdersOnce() {
    List<String> orders = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      orders.add(place(here));
    }
    LocalDate day = LocalDate.parse(dayOf(orders.getFirst()));

    new ViewsCheck(backend).awaitViewsOf(Set.copyOf(orders));

    assertThat(sales(days(day) + of(here))).isEqualTo(Map.of(here, new Sold(20, 20 * LINE)));
  }

  @Test
  void invalidParameter_isNamed() {
    String days = "/sales?from=2011-03-31&to=2011-04-02";
    Map.ofEntries(
            Map.entry("/sales?to=2011-04-02", "from"),
            Map.entry("/sales?from=2011-3-31&to=2011-04-02", "from"),
            Map.entry("/sales?from=2011-02-30&to=2011-04-02", "from"),
            Map.entry("/sales?from=%2B12011-02-20&to=2011-04-02", "from"),
            Map.entry("/sales?from=2011-03-31", "to"),
            Map.entry("/sales?from=2011-03-31&to=2011-03-30", "to"),
            Map.entry("/sales?from=2011-03-31&to=2012-03-31", "to"),
            Map.entry(days + "&country=a%23b", "country"),
            Map.entry(days + "&country=" + "x".repeat(65), "country"),
            Map.entry(days + "&limit=0", "limit"),
            Map.entry(days + "&cursor=%2B", "cursor"),
            Map.entry(days + "&cursor=" + cursor("2011-04-03#France#GBP"), "cursor"),
            Map.entry(days + "&cursor=" + cursor("2011-03-30#France#GBP"), "cursor"),
            Map.entry(days + "&country=France&cursor=" + cursor("2011-04-02#France#GBP"), "cursor"))
        .forEach((path, parameter) -> Problems.assertParameter(api.get(path), parameter));
    assertThat(api.get("/sales?from=2011-03-31&to=2012-03-30").text()).isEqualTo("{\"sales\":[]}");
    assertThat(api.get(days + "&cursor=" + cursor("2011-04-02#France#GBP")).status())
        .isEqualTo(200);
  }

  private static String cursor(String sortKey) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            ("listSales 2011-03-31 2011-04-02\n" + sortKey).getBytes(StandardCharsets.UTF_8));
  }
}
