package io.streamkeep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  /** Options that can't be used are refused before anything starts, in a line. */
  @Test
  void reportsOptionsThatCannotBeUsed(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(refusal("--port", "70000")).isEqualTo("--port must be from 0 to 65535");
    assertThat(refusal("--port", "-1")).isEqualTo("--port must be from 0 to 65535");
    assertThat(refusal("--data", file.toString())).isEqualTo("--data " + file + ": not a folder");
  }

  private static String refusal(String... options) {
    StringWriter err = new StringWriter();
    CommandLine up = new CommandLine(new Up()).setErr(new PrintWriter(err));

    assertThat(up.execute(options)).isEqualTo(2);
    return err.toString().lines().findFirst().orElse("");
  }

  /** A folder below a file can't be created. */
  @Test
  void reportsAFolderThatCannotBeCreated(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    StringWriter err = new StringWriter();
    CommandLine up =
        new CommandLine(new Up())
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err));

    int status = up.execute("--port", "0", "--data", file.resolve("data").toString());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).startsWith("streamkeep up: " + file).contains(": ");
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
