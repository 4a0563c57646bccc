package io.streamkeep.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import picocli.CommandLine;

/** {@code bench-coldstart} runs, and its report is complete. */
@Tag("long")
final class BenchColdStartTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(BenchColdStart bench, String... arguments) {
    return new CommandLine(bench)
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void measuresEveryVariant() {
    assertThat(run(new BenchColdStart(), "--runs", "1", "--json")).as(err::toString).isZero();

    JsonObject report = Json.read(out.toString());
    assertThat(report.getInt("runs")).isEqualTo(1);
    assertThat(report.getString("jdk")).isEqualTo(Runtime.version().toString());
    assertThat(report.getBoolean("aotCache")).isEqualTo(Runtime.version().feature() >= 25);
    List<JsonObject> variants = report.getJsonArray("variants").getValuesAs(JsonObject.class);
    assertThat(variants)
        .extracting(variant -> variant.getString("variant"))
        .containsExactly("empty", "sdk", "command");
    assertThat(variants)
        .allSatisfy(
            variant -> {
              assertThat(median(variant, "millis")).isPositive();
              assertThat(median(variant, "ofSdk")).isPositive();
              assertThat(median(variant, "ofEmpty")).isPositive();
              assertThat(variant.getInt("jarBytes")).isPositive();
            });
    assertThat(variants).extracting(variant -> variant.getInt("classes")).isSorted();
    assertThat(median(variants.get(1), "ofSdk")).isEqualTo(1);
  }

  @Test
  void refusesToRunWithoutRuns() {
    assertThat(run(new BenchColdStart("Linux"), "--runs", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--runs must be at least 1");
  }

  @Test
  void refusesToRunOutsideLinux() {
    assertThat(run(new BenchColdStart("Mac OS X"))).isOne();
    assertThat(err.toString()).contains("Linux only");
  }

  private static double median(JsonObject variant, String name) {
    return variant.getJsonObject(name).getJsonNumber("median").doubleValue();
  }
}
