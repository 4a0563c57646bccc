package io.streamkeep.template;

import static io.streamkeep.template.TemplateTree.at;
import static io.streamkeep.template.TemplateTree.events;
import static io.streamkeep.template.TemplateTree.text;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The monthly bill of a stack with the template's defaults, in US dollars, without any free tier.
 * The reference page has the same lines, and the source of each price and quantity.
 */
@Tag("fast")
final class BillTest {

  private static final Path PAGE =
      TemplateTest.FILE.resolveSibling(Path.of("shared", "docs", "reference", "bill.md"));

  private static final double MILLION = 1e6;
  private static final double HOURS = 730;

  // Prices.
  private static final double ALARM_METRIC = 0.10;
  private static final double COMPOSITE_ALARM = 0.50;
  private static final double DASHBOARD = 3.00;
  private static final double CUSTOM_METRIC = 0.30;
  private static final double SQS_REQUEST = 0.40 / MILLION;
  private static final double SQS_FIFO_REQUEST = 0.50 / MILLION;
  private static final double LAMBDA_REQUEST = 0.20 / MILLION;
  private static final double LAMBDA_GB_SECOND = 0.0000133334;
  private static final double API_REQUEST = 3.50 / MILLION;
  private static final double TRACE = 5.00 / MILLION;
  private static final double LOG_GB = 0.50;
  private static final double KMS_REQUEST = 0.03 / 10_000;
  private static final double READ_UNIT = 0.125 / MILLION;
  private static final double WRITE_UNIT = 0.625 / MILLION;
  private static final double STORED_GB = 0.25;
  private static final double RECOVERABLE_GB = 0.20;
  private static final double SENT_GB = 0.09;

  // Quantities.
  private static final int POLLERS = 5;
  private static final int POLLS_PER_HOUR = 180;
  private static final int KEY_REQUESTS_PER_HOUR = 12;
  private static final double SECONDS_OF_A_RESTING_RUN = 2;
  private static final double LOG_GB_OF_AN_INVOCATION = 1.5e-6;
  private static final double UNITS_OF_A_PAGE = 128; // 1 MB, eventually consistent
  private static final double PAGES_OF_A_GB = 1024;
  private static final double PAGES_OF_A_SLICE = 40;
  private static final double GB_OF_VIEWS_AND_FEED = 1.5; // for one of events
  private static final double DAILY_SCAN = HOURS / 24 * PAGES_OF_A_GB * UNITS_OF_A_PAGE * READ_UNIT;

  private TemplateTree template = new TemplateTree(JsonObject.EMPTY_JSON_OBJECT);

  @BeforeEach
  void readTemplate() throws IOException {
    template = TemplateTree.of(TemplateTest.FILE);
  }

  @Test
  void emptyStackCostsAtMostThreeDollars() throws IOException {
    assertLines(empty());
    assertThat(sum(empty())).isLessThanOrEqualTo(3);
    assertStated("**An empty stack**", sum(empty()));
  }

  @Test
  void stackWithAGigabyteOfEventsCostsAtMostEightDollars() throws IOException {
    assertLines(gigabyte());
    double idle = sum(empty()) + sum(gigabyte());
    assertStated("**With 1 GB of events**", idle);
    assertThat(idle).isLessThanOrEqualTo(8);

    double neverResting = runs() * PAGES_OF_A_SLICE * UNITS_OF_A_PAGE * READ_UNIT;
    double most = idle - DAILY_SCAN + neverResting;
    assertStated("**The same, if no cycle rests**", most);
    assertThat(most).isLessThanOrEqualTo(8);
  }

  @Test
  void pageStatesTheBillOfAMillionOrders() throws IOException {
    Map<String, Double> lines = new LinkedHashMap<>();
    lines.put("API Gateway", 4 * API_REQUEST * MILLION);
    lines.put("Lambda requests", 10 * LAMBDA_REQUEST * MILLION);
    lines.put("Lambda time", (4 * 0.03 + 6 * 0.06) * LAMBDA_GB_SECOND * MILLION);
    lines.put("DynamoDB writes", (19.54 + 3.01 * (4.36 + 1)) * WRITE_UNIT * MILLION);
    lines.put("DynamoDB reads", 5 * READ_UNIT * MILLION);
    lines.put("Outbound queue", 3 * SQS_FIFO_REQUEST * MILLION);
    lines.put("Logs", 10 * LOG_GB_OF_AN_INVOCATION * LOG_GB * MILLION);
    lines.put("Traces", 10 * 0.05 * TRACE * MILLION);
    lines.put("Answers to the internet", 4 * 2e-6 * SENT_GB * MILLION);
    lines.put("Storage in the first month", 2 * 2 * (STORED_GB + RECOVERABLE_GB));

    assertLines(lines);
    assertStated("**A million orders**", sum(lines));
    assertStated("Custom metrics, a month with traffic", 12 * CUSTOM_METRIC);
  }

  private Map<String, Double> empty() {
    double keyRequests = runs() * 2 + count("DynamoDB") * KEY_REQUESTS_PER_HOUR * HOURS;
    Map<String, Double> lines = new LinkedHashMap<>();
    lines.put("Alarms", alarmMetrics() * ALARM_METRIC);
    lines.put("Composite alarm", created("AWS::CloudWatch::CompositeAlarm") * COMPOSITE_ALARM);
    lines.put("Dashboard", created("AWS::CloudWatch::Dashboard") * DASHBOARD);
    lines.put(
        "Polling the redelivery queue",
        count("SQS") * POLLERS * POLLS_PER_HOUR * HOURS * SQS_REQUEST);
    lines.put(
        "Reconciler's runs",
        runs()
            * (LAMBDA_REQUEST
                + SECONDS_OF_A_RESTING_RUN * memory() * LAMBDA_GB_SECOND
                + TRACE
                + LOG_GB_OF_AN_INVOCATION * LOG_GB));
    lines.put("Reconciler's reads", runs() * (1 + 2 * parameter("FeedPartitions")) * READ_UNIT);
    lines.put("Requests of the tables' key", keyRequests * KMS_REQUEST);
    return lines;
  }

  private static Map<String, Double> gigabyte() {
    Map<String, Double> lines = new LinkedHashMap<>();
    double gigabytes = 1 + GB_OF_VIEWS_AND_FEED;
    lines.put("Stored data", gigabytes * STORED_GB);
    lines.put("Point-in-time recovery", gigabytes * RECOVERABLE_GB);
    lines.put("Scan of all events once a day", DAILY_SCAN);
    return lines;
  }

  private double runs() {
    return HOURS * 60 / parameter("ReconcilerMinutes");
  }

  private double memory() {
    return parameter("MemorySize") / 1024;
  }

  private double parameter(String name) {
    return TemplateTree.number(at(template.root(), "Parameters", name), "Default");
  }

  private long count(String mapping) {
    return template.functions().values().stream()
        .flatMap(function -> events(function, mapping))
        .count();
  }

  private double alarmMetrics() {
    return createdResources("AWS::CloudWatch::Alarm")
        .mapToLong(alarm -> Math.max(1, metrics(at(alarm, "Properties"))))
        .sum();
  }

  /** The number of metrics that an alarm's expression reads. */
  private static long metrics(JsonObject alarm) {
    return alarm.containsKey("Metrics")
        ? alarm.getJsonArray("Metrics").getValuesAs(JsonObject.class).stream()
            .filter(query -> query.containsKey("MetricStat"))
            .count()
        : 1;
  }

  private double created(String type) {
    return createdResources(type).count();
  }

  /** Those without a condition; with the defaults, no condition holds. */
  private Stream<JsonObject> createdResources(String type) {
    for (String parameter : List.of("AlarmEmail", "OutboundConsumer", "WithDashboard")) {
      assertThat(text(at(template.root(), "Parameters", parameter), "Default"))
          .as(parameter)
          .isIn("", "false");
    }
    return template.resources(type).values().stream()
        .filter(resource -> !resource.containsKey("Condition"));
  }

  private static double sum(Map<String, Double> lines) {
    return lines.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private static void assertLines(Map<String, Double> lines) throws IOException {
    for (Map.Entry<String, Double> line : lines.entrySet()) {
      assertStated(line.getKey(), line.getValue());
    }
  }

  /** The page has a row that begins with a name and ends with an amount. */
  private static void assertStated(String name, double dollars) throws IOException {
    String amount = String.format(Locale.ROOT, "%.2f", dollars);
    String plain = name.startsWith("**") ? "**" + amount + "**" : amount;
    assertThat(Files.readAllLines(PAGE))
        .as("%s: %s", name, plain)
        .anyMatch(
            row ->
                row.matches(
                    "\\| "
                        + Pattern.quote(name)
                        + " +\\|.*\\| +"
                        + Pattern.quote(plain)
                        + " +\\|"));
  }
}
