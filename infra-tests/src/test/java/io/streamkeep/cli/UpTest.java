package io.streamkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

@Tag("slow")
final class UpTest {

  /** Invalid faults are refused before anything starts. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "duplicate=0.05,dorp=1; \"dorp=1\": begins with none of duplicate, delay, reorder,",
        "drop@Projection=1; \"drop@Projection\": there is no function, table, queue or operation",
      })
  void reportsTheInvalidFault(String faults, String message) {
    StringWriter err = new StringWriter();
    CommandLine up =
        new CommandLine(new Up())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err));

    int status = up.execute("--port", "0", "--faults", faults);

    assertThat(status).isEqualTo(2);
    assertThat(err.toString()).startsWith("streamkeep up: --faults: " + message);
  }

  @Test
  void printsAddressesOfServicesAndDocuments() {
    String welcome =
        Up.welcome(
            URI.create("http://127.0.0.1:3000"),
            URI.create("http://127.0.0.1:1"),
            URI.create("http://127.0.0.1:2"),
            "in memory, gone when this stops",
            Path.of("/streamkeep"));

    assertThat(welcome.lines())
        .contains(
            "API       http://127.0.0.1:3000",
            "DynamoDB  http://127.0.0.1:1",
            "SQS       http://127.0.0.1:2",
            "State     in memory, gone when this stops",
            "Documents /streamkeep/shared/docs/README.md",
            "OpenAPI   /streamkeep/functions/api.yaml");
  }
}
