package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.cli.Streamkeep;
import io.streamkeep.e2e.MarkdownPage.Block;
import io.streamkeep.localcloud.LocalCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the documents say is so: shell blocks of tutorial and how-to run on a local cloud, links
 * lead somewhere, and reference and runbook are complete. {@code shared/docs/README.md} lists the
 * comments that steer a block.
 */
@Tag("slow")
final class DocumentationTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Path DOCS = ROOT.resolve("shared/docs");
  private static final Pattern OPERATION = Pattern.compile(" +operationId: (\\w+)");
  private static final String WITH_FILES = "only with the files of this page";
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private static LocalCloud cloud;

  @BeforeAll
  static void start() throws IOException {
    cloud = LocalCloud.of(ROOT.resolve("template.yaml")).start();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  static Stream<Path> pagesWithCommands() throws IOException {
    return pages().stream()
        .filter(page -> page.startsWith(DOCS.resolve("tutorial")) || isHowTo(page))
        .map(ROOT::relativize);
  }

  private static boolean isHowTo(Path page) {
    return page.startsWith(DOCS.resolve("how-to"));
  }

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    try (Stream<Path> files = Files.walk(DOCS)) {
      files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
    }
    return pages;
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
      return Boolean.getBoolean("streamkeep.tutorial");
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
        .replace("http://127.0.0.1:3000", cloud.apiUrl().toString())
        .replace("http://127.0.0.1:…", cloud.dynamoDbEndpoint().toString())
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
            cloud.apiUrl(),
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

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : MarkdownPage.read(page).links()) {
        if (!leadsSomewhere(page, link)) {
          broken.add(ROOT.relativize(page) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) throws IOException {
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
    return Files.isRegularFile(target)
        && (parts.length == 1 || MarkdownPage.read(target).anchors().contains(parts[1]));
  }

  @Test
  void everyPageIsInTheIndex() throws IOException {
    for (Path index : List.of(DOCS, DOCS.resolve("explanation/decisions"))) {
      List<String> linked = MarkdownPage.read(index.resolve("README.md")).links();
      assertThat(pages().stream().filter(page -> page.startsWith(index)))
          .filteredOn(page -> page.getFileName().toString().matches("[a-z0-9-]+\\.md"))
          .filteredOn(page -> index.endsWith("decisions") || !page.toString().contains("decisions"))
          .allSatisfy(page -> assertThat(linked).contains(index.relativize(page).toString()));
    }
  }

  @Test
  void everyDecisionHasContextAlternativesAndCost() throws IOException {
    for (Path page : pages()) {
      if (page.getParent().endsWith("decisions") && !page.endsWith("README.md")) {
        assertThat(MarkdownPage.read(page).headings())
            .as("%s", page.getFileName())
            .hasSize(5)
            .endsWith("Context", "Decision", "Alternatives", "Cost");
      }
    }
  }

  @Test
  void referenceNamesEveryOperation() throws IOException {
    String reference = MarkdownPage.read(DOCS.resolve("reference/http-api.md")).text();
    List<String> operations =
        Files.readAllLines(ROOT.resolve("functions/api.yaml")).stream()
            .map(OPERATION::matcher)
            .filter(Matcher::matches)
            .map(operation -> operation.group(1))
            .toList();

    assertThat(operations)
        .hasSizeGreaterThan(10)
        .filteredOn(operation -> !Boolean.getBoolean("streamkeep.tutorial"))
        .allSatisfy(operation -> assertThat(reference).contains("`" + operation + "`"));
  }

  /** At most 8 files and fewer than 400 lines, with its tests and the API's paths. */
  @Test
  void theTutorialsAggregateIsSmallAndItsRulesAreTheReadmes() throws IOException {
    List<Block> blocks = MarkdownPage.read(DOCS.resolve("tutorial/3-first-aggregate.md")).blocks();
    List<Block> code =
        blocks.stream()
            .filter(block -> block.comment().matches("(file|insert|replace): .*"))
            .toList();
    String readme =
        MarkdownPage.read(ROOT.resolve("README.md")).blocks().stream()
            .filter(block -> block.language().equals("java"))
            .findFirst()
            .orElseThrow()
            .text();

    assertThat(code.stream().map(block -> block.comment().split(" ")[1]).distinct())
        .hasSizeLessThanOrEqualTo(8);
    assertThat(code.stream().mapToLong(block -> block.text().lines().count()).sum())
        .isLessThan(400);
    assertThat(code).anySatisfy(block -> assertThat(block.text()).contains(readme));
  }

  @Test
  void runbookAndReferenceNameEveryAlarm() throws IOException {
    String runbook = MarkdownPage.read(DOCS.resolve("how-to/runbook.md")).text();
    List<String> sections = MarkdownPage.read(DOCS.resolve("how-to/runbook.md")).headings();
    String reference = MarkdownPage.read(DOCS.resolve("reference/logs-metrics-alarms.md")).text();
    Set<String> alarms = alarms();

    assertThat(alarms).hasSizeGreaterThan(20);
    for (String alarm : alarms) {
      String kind = alarm.replaceFirst("^[A-Z][a-z]+", "*Function*`");
      assertThat(sections.contains(alarm) || runbook.contains("`" + alarm + "`"))
          .as("A section of the runbook for %s", alarm)
          .isTrue();
      assertThat(reference).containsAnyOf("`" + alarm + "`", kind + "`");
    }
  }

  /** The alarms of the template, those of a loop each by its own name. */
  private static Set<String> alarms() throws IOException {
    Pattern list = Pattern.compile("    - \\[([\\w, ]+)]");
    Pattern alarm = Pattern.compile("[ -]+(\\$\\{\\w+})?(\\w*Alarm):");
    Set<String> alarms = new TreeSet<>();
    List<String> each = List.of();
    for (String line : Files.readAllLines(ROOT.resolve("template.yaml"))) {
      Matcher values = list.matcher(line);
      each = values.matches() ? List.of(values.group(1).split(", ")) : each;
      Matcher name = alarm.matcher(line);
      if (name.matches()) {
        String rest = name.group(2);
        Stream<String> names = name.group(1) == null ? Stream.of("") : each.stream();
        names.map(first -> first + rest).forEach(alarms::add);
      }
    }
    return alarms;
  }
}
