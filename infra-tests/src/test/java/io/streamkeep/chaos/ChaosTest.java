package io.streamkeep.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.json.Json;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.FaultSchedule;
import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("slow")
final class ChaosTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... options) {
    return new CommandLine(new Chaos())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(options);
  }

  /** Enough commits to see the frequent faults; the command line runs for longer. */
  @Test
  void nothingIsLostDuplicatedOrWrong_underFaults() throws Exception {
    ChaosReport report =
        new ChaosRun(ROOT, 7, Chaos.FAULTS, Map.of()).run(Duration.ofMinutes(2), 100);

    assertThat(report.passed()).as(report.text()).isTrue();
    assertThat(report.findings().commits()).isPositive();
    assertThat(report.injected())
        .containsKeys(FaultKind.DUPLICATE, FaultKind.DELAY, FaultKind.THROTTLE);
    assertThat(report.injected().values()).as(report.text()).anyMatch(times -> times > 0);
    assertThat(report.duplicates()).isPositive();
    JsonObject json = Json.read(report.json());
    assertThat(json.getInt("lost") + json.getInt("doubled") + json.getInt("wrong")).isZero();
    assertThat(json.getJsonObject("faults")).hasSize(report.injected().size());
  }

  @Test
  void everyAggregateWithAViewIsUnderLoad() {
    assertThat(LoadRunner.AGGREGATES)
        .extracting(AggregateModule::category)
        .containsAll(Registry.projections().stream().map(Projection::category).toList());
  }

  @Test
  void differencesAreCounted() {
    Findings findings = new Findings(0);
    findings.compareCount("a", 1, 1);
    assertThat(findings.isEmpty()).isTrue();

    findings.compareCount("b", 2, 1);
    findings.compareCount("c", 1, 3);
    findings.require(false, "d");

    assertThat(findings.isEmpty()).isFalse();
    assertThat(findings.counts()).isEqualTo(new Findings.Counts(1, 2, 1));
    assertThat(findings.descriptions()).hasSize(3);
  }

  @Test
  void defaultFaultsAreOfEveryKind() {
    assertThat(FaultSchedule.parse(Chaos.FAULTS).injected()).containsOnlyKeys(FaultKind.values());
  }

  @Test
  void invalidOptionsAndFilesAreReported() {
    assertThat(run("--minutes", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--minutes");
    assertThat(run("--faults", "rain=1")).isEqualTo(2);
    assertThat(err.toString()).contains("--faults", "rain");
    assertThat(run("--faults", "split@CommandFunction=1")).isEqualTo(2);
    assertThat(err.toString()).contains("\"split@CommandFunction\": it can never happen there");
    assertThat(run("no-such-file.csv")).isEqualTo(2);
    assertThat(err.toString()).contains("no-such-file.csv: no such file");
  }
}
