package io.streamkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Faults that can't be had are refused before anything is started. */
@Tag("slow")
class UpTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "duplicate=0.05,dorp=1; \"dorp=1\": begins with none of duplicate, delay, reorder,",
        "drop@Projection=1; \"drop@Projection\": there is no function, table or operation",
      })
  void saysWhichFaultIsWrong(String faults, String message) {
    StringWriter err = new StringWriter();
    CommandLine up =
        new CommandLine(new Up())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err));

    int status = up.execute("--port", "0", "--faults", faults);

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).startsWith("streamkeep up: --faults: " + message);
  }
}
