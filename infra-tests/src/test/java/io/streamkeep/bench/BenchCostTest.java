package io.streamkeep.bench;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.order.Order;
import io.streamkeep.domain.order.OrderEvent;
import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.importer.TestCsv;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.RowCodec;
import io.streamkeep.kernel.projection.View;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code bench-cost} runs, its report is complete, and it fails if a row is wrong. */
@Tag("slow")
final class BenchCostTest {

  private static final String EXAMPLE = "examples/retail-sample.csv";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private final Path folder;

  BenchCostTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private int run(String... arguments) {
    return run(new BenchCost(), arguments);
  }

  private int run(BenchCost command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  private String file(String... rows) throws IOException {
    return Files.write(folder.resolve("day.csv"), TestCsv.file(rows)).toString();
  }

  private JsonObject report() {
    try (JsonReader reader = Json.createReader(new StringReader(out.toString()))) {
      return reader.readObject();
    }
  }

  private static double number(JsonObject json, String name) {
    return json.getJsonNumber(name).doubleValue();
  }

  @Test
  void tableHasALineForEachCommitAndView() {
    assertThat(run(EXAMPLE)).as(err::toString).isZero();

    assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ")))
        .containsSubsequence(
            "average:",
            " readUnits before after ratio",
            " 1.00",
            "events placed 1.00 1.00 1.00",
            "events confirmed 1.00 1.00 1.00",
            "events completed 1.00 1.00 1.00",
            "events returned 0.40 0.40 1.00",
            "views order 3.40 3.40 1.00",
            "views customer-orders 6.20 6.20 1.00",
            "views sales 7.60 7.60 1.00",
            "sum 20.60 20.60 1.00",
            "largest:",
            " invoice bytes readUnits before after ratio",
            " 900001 361 1.00",
            "events placed 1.00 1.00 1.00",
            "events confirmed 1.00 1.00 1.00",
            "events completed 1.00 1.00 1.00",
            "events returned 1.00 1.00 1.00",
            "views order 4.00 4.00 1.00",
            "views customer-orders 8.00 8.00 1.00",
            "views sales 10.00 10.00 1.00",
            "sum 26.00 26.00 1.00",
            "8 invoices, 5 orders, 1 returns, 2 refused, 0 wrongRows.");
  }

  @Test
  void jsonIsComplete() throws IOException {
    assertThat(run("--json", file("1,A,2,1.00,7.0", "2,A,9,1.00,", "3,A,0,1.00,")))
        .as(err::toString)
        .isZero();

    JsonObject report = report();
    assertThat(report.keySet())
        .containsExactly(
            "invoices", "orders", "returns", "refused", "average", "largest", "wrongRows");
    assertThat(report.getInt("invoices")).isEqualTo(3);
    assertThat(report.getInt("orders")).isEqualTo(2);
    assertThat(report.getInt("returns")).isZero();
    assertThat(report.getInt("refused")).isEqualTo(1);
    assertThat(report.getInt("wrongRows")).isZero();
    assertThat(report.getJsonObject("average"))
        .containsOnlyKeys("events", "views", "sum", "readUnits");
    JsonObject largest = report.getJsonObject("largest");
    assertThat(largest).containsOnlyKeys("events", "views", "sum", "readUnits", "invoice", "bytes");
    assertThat(largest.getString("invoice")).as("the other one has no customer").isEqualTo("1");
    for (String part : List.of("average", "largest")) {
      JsonObject events = report.getJsonObject(part).getJsonObject("events");
      assertThat(events.keySet()).containsExactly("placed", "confirmed", "completed", "returned");
      assertThat(events.getJsonObject("placed").keySet())
          .containsExactly("before", "after", "ratio");
      assertThat(events.getJsonObject("returned").keySet())
          .as("no ratio if both are zero")
          .containsExactly("before", "after");
      assertThat(report.getJsonObject(part).getJsonObject("views").keySet())
          .containsExactly("order", "customer-orders", "sales");
    }
  }

  @Test
  void averageIsOverPlacedOrders() throws IOException {
    assertThat(run("--json", file("1,A,2,1.00,7.0", "2,A,9,1.00,", "3,A,0,1.00,"))).isZero();

    JsonObject average = report().getJsonObject("average");
    assertThat(number(average.getJsonObject("events").getJsonObject("placed"), "after")).isOne();
    assertThat(number(average.getJsonObject("views").getJsonObject("customer-orders"), "after"))
        .as("one of two orders is listed: 6 and 3")
        .isEqualTo(4.5);
    assertThat(number(average.getJsonObject("sum"), "after")).isEqualTo(16.5);
  }

  @Test
  void filesMayHaveInvoicesOfTheSameNumber() throws IOException {
    String file = file("1,A,2,1.00,7.0", "C2,A,-1,1.00,7.0");

    assertThat(run("--json", file, file)).as(err::toString).isZero();

    assertThat(report().getInt("orders")).isEqualTo(2);
    assertThat(report().getInt("returns")).isEqualTo(2);
    JsonObject average = report().getJsonObject("average").getJsonObject("events");
    assertThat(number(average.getJsonObject("returned"), "after")).isOne();
  }

  @Test
  void rejectedOrdersAndTheirReturnsAreLeftOut() throws IOException {
    Files.writeString(
        folder.resolve("day.csv"),
        TestCsv.HEADER
            + "\n"
            + rowsTooLargeForAnItem("1")
            + "2,A,SOME THING,1,2026-03-02 09:00:00,1.00,7.0,France\n"
            + "C3,A,SOME THING,-1,2026-03-02 09:00:00,1.00,7.0,France\n"
            + "C4,A,SOME THING,-9,2026-03-02 09:00:00,1.00,7.0,France\n");

    assertThat(run("--json", folder.resolve("day.csv").toString())).as(err::toString).isZero();

    assertThat(report().getInt("orders")).isEqualTo(1);
    assertThat(report().getInt("returns")).isEqualTo(1);
    assertThat(report().getInt("refused")).as("nine are only in the refused order").isEqualTo(2);
    assertThat(report().getJsonObject("largest").getString("invoice")).isEqualTo("2");
  }

  /** Rows of characters that can't be compressed by half. */
  private static String rowsTooLargeForAnItem(String invoice) {
    Random random = new Random(1);
    StringBuilder rows = new StringBuilder();
    for (int line = 0; line < 1000; line++) {
      String noise =
          random.ints(200, 0x10000, 0x30000).mapToObj(Character::toString).collect(joining());
      rows.append("%s,A,%s,1,2026-03-02 09:00:00,1.00,7.0,France\n".formatted(invoice, noise));
    }
    return rows.toString();
  }

  @Test
  void failsIfARowDiffersFromAFoldOfItsEvents() throws IOException {
    Projection<OrderEvent, String> changing =
        new Projection<>(
            Order.CATEGORY, OrderModule.ORDER.aggregate().events(), new ChangingView());

    assertThat(run(new BenchCost(List.of(changing)), "--json", file("1,A,2,1.00,7.0"))).isOne();

    assertThat(report().getInt("wrongRows")).isEqualTo(1);
    assertThat(err.toString()).contains("1 rows differ from a fold of their events");
  }

  /** A view that results in another row whenever it folds. */
  private static final class ChangingView implements View<OrderEvent, String>, RowCodec<String> {

    private int times;

    @Override
    public String name() {
      return "changing";
    }

    @Override
    public String apply(String key, @Nullable String row, OrderEvent event) {
      return "{\"times\":" + times++ + "}";
    }

    @Override
    public RowCodec<String> codec() {
      return this;
    }

    @Override
    public String encode(String row) {
      return row;
    }

    @Override
    public String decode(String data) {
      return data;
    }
  }

  private void failed(String why) {
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().strip()).isEqualTo(why);
    err.getBuffer().setLength(0);
  }

  @Test
  void explainsAnInvalidFileInOneLine() throws IOException {
    Path bad = Files.writeString(folder.resolve("x.csv"), "InvoiceNo\n");

    assertThat(run(EXAMPLE, bad.toString())).isEqualTo(2);
    failed(bad + ": line 1: the header must be " + TestCsv.HEADER);
    assertThat(run("no-such.csv")).isEqualTo(2);
    failed("no-such.csv: no such file or folder");
  }

  @Test
  void refusesAFileWithoutOrders() throws IOException {
    assertThat(run(file("1,A,0,1.00,7.0"))).isEqualTo(2);

    assertThat(out.toString()).isEmpty();
    assertThat(err.toString()).contains("there is no order to measure");
  }

  @Test
  void refusesInvalidOptions() {
    assertThat(run("--currency", "XXX", EXAMPLE)).isEqualTo(2);
    assertThat(err.toString()).contains("not a currency to pay in: XXX");
    assertThat(run()).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
  }
}
