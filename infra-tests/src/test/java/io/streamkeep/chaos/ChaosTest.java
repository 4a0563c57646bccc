package io.streamkeep.chaos;

import io.streamkeep.aws.json.Json;
import io.streamkeep.localcloud.faults.FaultKind;


import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("slow")
final class ChaosTest {

  private static final Path TEMPLATE = Path.of("..", "template.yaml").toAbsolutePath().normalize();

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... options) {
    return new CommandLine(new Chaos())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(options);
  }

  /** Few faults of each kind, but all of them; how many there are is for the command line. */
  @Test
  void underFaultsNothingIsLostDoubledOrWrong() throws Exception {
    ChaosReport report =
        new ChaosRun(TEMPLATE, 7, Duration.ofSeconds(25), Chaos.FAULTS, new Goods(List.of())).run();

    assertThat(report.right()).as(report.text()).isTrue();
    assertThat(report.findings().commits()).isPositive();
    assertThat(report.injected())
        .containsKeys(FaultKind.DUPLICATE, FaultKind.DELAY, FaultKind.THROTTLE);
    assertThat(report.injected().values()).as(report.text()).anyMatch(times -> times > 0);
    assertThat(report.duplicates()).isPositive();
    JsonObject json = Json.read(report.json());
    assertThat(json.getInt("lost") + json.getInt("doubled") + json.getInt("wrong")).isZero();
    assertThat(json.getJsonObject("faults")).hasSize(report.injected().size());
  }

  /** What is not there must be missed: here by an order that nobody placed. */
  @Test
  void whatIsMissingWouldBeFound() {
    Findings findings = new Findings();
    findings.times("a", 1, 1);
    assertThat(findings.nothing()).isTrue();

    findings.times("b", 2, 1);
    findings.times("c", 1, 3);
    findings.equal("d", false);

    assertThat(findings.nothing()).isFalse();
    assertThat(findings.lost()).isEqualTo(1);
    assertThat(findings.doubled()).isEqualTo(2);
    assertThat(findings.wrong()).isEqualTo(1);
    assertThat(findings.told()).hasSize(3);
  }

  @Test
  void badInputIsNamed() {
    assertThat(run("--minutes", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--minutes");
    assertThat(run("--faults", "rain=1")).isEqualTo(2);
    assertThat(err.toString()).contains("--faults", "rain");
    assertThat(run("no-such-file.csv")).isEqualTo(2);
    assertThat(err.toString()).contains("no-such-file.csv: no such file");
  }
}
