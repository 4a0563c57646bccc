package io.streamkeep.e2e;

import static io.streamkeep.e2e.Documents.ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.cli.Streamkeep;
import io.streamkeep.e2e.MarkdownPage.Block;
import io.streamkeep.e2e.support.LocalCloudExtension;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the shell blocks of tutorial and how-to on a local cloud. {@code shared/docs/README.md}
 * lists the comments that steer a block.
 */
@Tag("slow")
final class DocumentationTest {

  private static final String WITH_FILES = "only with the files of this page";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @RegisterExtension static final LocalCloudExtension DEPLOYED = new LocalCloudExtension();

  static Stream<Path> pagesWithCommands() throws IOException {
    return Documents.pages().stream()
        .map(ROOT::relativize)
        .filter(
            page ->
                page.startsWith("shared/docs/tutorial") || page.startsWith("shared/docs/how-to"));
  }

  @ParameterizedTest
  @MethodSource("pagesWithCommands")
  void everyShellBlockDoesWhatThePageSays(Path page) throws Exception {
    List<Block> blocks = MarkdownPage.read(ROOT.resolve(page)).blocks();
    try (ShellSession shell = new ShellSession(ROOT)) {
      shell.run(streamkeep(), LIMIT);
      for (int i = 0; i < blocks.size(); i++) {
        Block block = blocks.get(i);
        if (isToBeRun(block)) {
          run(shell, block, i + 1 < blocks.size() ? blocks.get(i + 1) : block);
        }
      }
    }
  }

  private static boolean isToBeRun(Block block) {
    if (!block.language().equals("sh") || block.comment("not run:").isPresent()) {
      return false;
    }
    if (block.comment().equals(WITH_FILES)) {
      return Documents.WITH_TUTORIAL;
    }
    assertThat(block.comment()).as("The comment above line %d", block.line()).isEmpty();
    return true;
  }

  /** Repeats the block until it prints what the next one expects. */
  private static void run(ShellSession shell, Block block, Block next) {
    boolean refused = next.comment("refused").isPresent();
    boolean expected = refused || next.comment("prints").isPresent();
    await()
        .atMost(LIMIT)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              String output = shell.run(local(block.text()), LIMIT);
              assertThat(output.contains("\"type\":\"tag:streamkeep.io"))
                  .as("The block in line %d is refused: %s", block.line(), output)
                  .isEqualTo(refused);
              if (expected) {
                assertThat(normal(output))
                    .as("The output of the block in line %d", block.line())
                    .containsPattern(pattern(next.text()));
              }
            });
  }

  /** The addresses and the process of this test's local cloud. */
  private static String local(String block) {
    return block
        .replace("http://127.0.0.1:3000", DEPLOYED.cloud().apiUrl().toString())
        .replace("http://127.0.0.1:…", DEPLOYED.cloud().dynamoDbEndpoint().toString())
        .replace(
            "$(pgrep -f 'io.streamkeep.cli.Streamkeep up')", "" + ProcessHandle.current().pid())
        .replace("infra-tests/streamkeep", "streamkeep");
  }

  private static String streamkeep() {
    return """
    streamkeep() {
      local endpoint=
      [ "$1" != import-retail ] || endpoint=--endpoint=%s
      '%s' -cp '%s' %s "$@" $endpoint
    }\
    """
        .formatted(
            DEPLOYED.cloud().apiUrl(),
            Path.of(System.getProperty("java.home"), "bin", "java"),
            System.getProperty("java.class.path"),
            Streamkeep.class.getName());
  }

  private static String normal(String text) {
    return text.replaceAll("\\s+", "");
  }

  /** The text without its spaces, in which … is anything. */
  private static Pattern pattern(String expected) {
    String quoted = Pattern.quote(normal(expected)).replace("…", "\\E.*?\\Q");
    return Pattern.compile(quoted);
  }
}
