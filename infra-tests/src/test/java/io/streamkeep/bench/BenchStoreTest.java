package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code bench-store} runs, its report is complete, and its counts are correct. */
@Tag("long")
final class BenchStoreTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return new CommandLine(new BenchStore())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void measuresEveryWorkloadBesideItsBaseline() {
    assertThat(run("--runs", "1", "--commands", "0.05", "--json")).as(err::toString).isZero();

    JsonObject report = Json.read(out.toString());
    assertThat(report.getInt("lost")).isZero();
    assertThat(report.getInt("duplicated")).isZero();
    assertThat(report.getInt("gaps")).isZero();
    List<JsonObject> workloads = report.getJsonArray("workloads").getValuesAs(JsonObject.class);
    assertThat(workloads)
        .extracting(BenchStoreTest::name)
        .containsExactly(
            "W1 warm 4",
            "W1 cold 4",
            "W2 warm 4",
            "W2 cold 4",
            "W3 warm 4",
            "W3 cold 4",
            "W4 warm 4",
            "W1 warm 0",
            "W1 cold 0",
            "W2 warm 0",
            "W2 cold 0",
            "W3 warm 0",
            "W3 cold 0",
            "W4 warm 0");
    assertThat(workloads).allSatisfy(workload -> isComplete(workload, "baseline"));
    assertThat(workloads).allSatisfy(workload -> isComplete(workload, "store"));
    assertThat(workloads)
        .as("the baseline is the only writer")
        .allSatisfy(
            w -> assertThat(w.getJsonObject("baseline").getInt("maxAttempts")).isEqualTo(1));
    assertThat(workloads.get(1).getJsonObject("baseline").getInt("requests")).isEqualTo(2);
    assertThat(workloads.get(1).getJsonObject("store").getInt("requests")).isEqualTo(2);
    assertThat(workloads.get(5).getJsonObject("store").getJsonNumber("p50Millis").doubleValue())
        .as("two requests of 4 ms")
        .isGreaterThan(8);
  }

  private static String name(JsonObject workload) {
    return workload.getString("workload")
        + " "
        + workload.getString("start")
        + " "
        + workload.getInt("addedMillis");
  }

  private static void isComplete(JsonObject workload, String contender) {
    assertThat(number(workload.getJsonObject("ratio"), "median")).isPositive();
    JsonObject figures = workload.getJsonObject(contender);
    assertThat(number(figures, "requests")).isGreaterThanOrEqualTo(1);
    assertThat(number(figures, "writeUnits")).isGreaterThanOrEqualTo(1);
    assertThat(number(figures, "bytesWritten")).isPositive();
    assertThat(number(figures, "p99Millis")).isGreaterThanOrEqualTo(number(figures, "p50Millis"));
  }

  private static double number(JsonObject json, String name) {
    return json.getJsonNumber(name).doubleValue();
  }

  @Test
  void tableExplainsTheRatio() {
    assertThat(run("--runs", "1", "--commands", "0.1", "--workload", "W4"))
        .as(err::toString)
        .isZero();

    assertThat(out.toString())
        .contains("1 is as fast, less is slower")
        .containsPattern("W4 +warm +4 ")
        .contains(" 0 lost, 0 duplicated, 0 gaps");
  }

  @Test
  void measuresOnlyTheGivenWorkloads() {
    assertThat(run("--runs", "1", "--commands", "0.1", "--workload", "W4,W2", "--json"))
        .as(err::toString)
        .isZero();

    assertThat(Json.read(out.toString()).getJsonArray("workloads").getValuesAs(JsonObject.class))
        .extracting(workload -> workload.getString("workload"))
        .containsOnly("W2", "W4")
        .hasSize(6);
  }

  @Test
  void refusesInvalidOptions() {
    refused("--runs must be at least 1, --commands over 0 to 100", "--runs", "0");
    refused("--runs must be at least 1, --commands over 0 to 100", "--commands", "0");
    refused("--runs must be at least 1, --commands over 0 to 100", "--commands", "101");
    refused("--workload must be some of W1, W2, W3, W4", "--workload", "W5");
    refused("--workload must be some of W1, W2, W3, W4", "--workload", "W1,w2");
  }

  private void refused(String why, String... arguments) {
    assertThat(run(arguments)).isEqualTo(2);
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString().strip()).isEqualTo("streamkeep bench-store: " + why);
    err.getBuffer().setLength(0);
  }
}
