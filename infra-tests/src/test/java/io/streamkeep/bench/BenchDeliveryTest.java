package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** {@code bench-delivery} runs, its report is complete, and it fails if a row is lost or wrong. */
@Tag("long")
final class BenchDeliveryTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(BenchDelivery command, String... arguments) {
    return new CommandLine(command)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void measuresEveryWorkloadBesideItsBaselineAndThenTheLag() {
    assertThat(
            run(new BenchDelivery(), "--runs", "3", "--commits", "12", "--orders", "2", "--json"))
        .as(err::toString)
        .isZero();

    JsonObject report = Json.read(out.toString());
    List<JsonObject> applied = report.getJsonArray("applied").getValuesAs(JsonObject.class);
    assertThat(applied)
        .extracting(each -> each.getString("workload") + " " + each.getInt("addedMillis"))
        .containsExactly(
            "D1 4",
            "D2 4",
            "D3 4",
            "D2 x2 4",
            "D2 x4 4",
            "D2 x8 4",
            "orders 4",
            "feed 4",
            "D1 0",
            "D2 0",
            "D3 0",
            "D2 x2 0",
            "D2 x4 0",
            "D2 x8 0",
            "orders 0",
            "feed 0");
    assertThat(applied).allSatisfy(BenchDeliveryTest::isComplete);
    assertThat(applied.get(5).getInt("applied")).isEqualTo(12 * 8);
    assertThat(report.getJsonArray("backlogs").getValuesAs(JsonObject.class))
        .extracting(each -> each.getInt("commits"))
        .as("in whole batches")
        .containsExactly(1, 12, 100);
    assertThat(report.getInt("rows")).isPositive();
    assertThat(report.getInt("lost")).isZero();
    assertThat(report.getInt("wrong")).isZero();
    assertThat(report.getString("lagNote")).contains("every 20 ms", "4 times a second");
    List<JsonObject> lags = report.getJsonArray("lag").getValuesAs(JsonObject.class);
    assertThat(lags)
        .extracting(each -> each.getString("when"))
        .containsExactly("idle", "20 orders a second", "after 12 commits");
    assertThat(lags)
        .allSatisfy(
            lag -> {
              assertThat(number(lag, "p50Millis")).isPositive();
              assertThat(number(lag, "maxMillis")).isGreaterThanOrEqualTo(number(lag, "p99Millis"));
            });
  }

  private static void isComplete(JsonObject workload) {
    assertThat(number(workload.getJsonObject("ratio"), "median")).isPositive();
    JsonObject baseline = workload.getJsonObject("baseline");
    assertThat(number(baseline, "requests")).isEqualTo(1);
    assertThat(number(baseline, "writeUnits")).isGreaterThanOrEqualTo(1);
    for (JsonObject side : List.of(baseline, workload.getJsonObject("delivery"))) {
      assertThat(number(side, "requests")).isPositive();
      assertThat(number(side, "writeUnits")).isPositive();
      assertThat(number(side, "bytesWritten")).isPositive();
      assertThat(number(side, "appliedPerSecond")).isPositive();
    }
  }

  private static double number(JsonObject json, String name) {
    return json.getJsonNumber(name).doubleValue();
  }

  @Test
  void failsIfARowIsBehindAndAnotherOneIsWrong() {
    BenchDelivery command =
        new BenchDelivery(
            client -> {
              set(client, "new-streams#", "data", fromS("{}"));
              set(client, "busy-stream#", "commit", fromN("1"));
            });

    assertThat(run(command, "--runs=1", "--commits=4", "--orders=0", "--workload=D1,D3,D2 x8"))
        .isEqualTo(1);

    assertThat(out.toString())
        .contains("1 is as fast, less is slower")
        .containsPattern("D2 x8 +8 +4 ")
        .contains("a backlog")
        .contains(", 1 lost, 1 wrong.")
        .doesNotContain("lag:");
  }

  /** Changes the first row of streams with this prefix. */
  private static void set(
      DynamoDbClient client, String streams, String attribute, AttributeValue value) {
    AttributeValue none = fromS("");
    client.scanPaginator(scan -> scan.tableName(Tables.VIEWS)).items().stream()
        .filter(item -> item.getOrDefault("stream", none).s().startsWith(streams))
        .findFirst()
        .ifPresent(item -> client.putItem(ViewVerificationTest.with(item, attribute, value)));
  }

  @Test
  void refusesInvalidOptions() {
    refused("--runs must be 1 to 100000", "--runs", "0");
    refused("--commits must be 1 to 100000", "--commits", "0");
    refused("--orders must be 0 to 100000", "--orders", "-1");
    refused(
        "--workload must be some of D1, D2, D3, D2 x2, D2 x4, D2 x8, orders, feed",
        "--workload",
        "D4");
  }

  private void refused(String why, String... arguments) {
    assertThat(run(new BenchDelivery(), arguments)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().strip()).isEqualTo("streamkeep bench-delivery: " + why);
    err.getBuffer().setLength(0);
  }
}
