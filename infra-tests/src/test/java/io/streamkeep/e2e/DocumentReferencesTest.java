package io.streamkeep.e2e;

import static io.streamkeep.e2e.Documents.FOLDER;
import static io.streamkeep.e2e.Documents.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.MarkdownPage.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The documents are complete and refer only to what there is. */
@Tag("fast")
final class DocumentReferencesTest {

  private static final Pattern OPERATION = Pattern.compile(" +operationId: (\\w+)");

  @Test
  void everyLinkLeadsToAFileAndAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : Documents.pages()) {
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
    for (Path index : List.of(FOLDER, FOLDER.resolve("explanation/decisions"))) {
      List<String> linked = MarkdownPage.read(index.resolve("README.md")).links();
      assertThat(Documents.pages().stream().filter(page -> page.startsWith(index)))
          .filteredOn(page -> page.getFileName().toString().matches("[a-z0-9-]+\\.md"))
          .filteredOn(page -> index.endsWith("decisions") || !page.toString().contains("decisions"))
          .allSatisfy(page -> assertThat(linked).contains(index.relativize(page).toString()));
    }
  }

  @Test
  void everyDecisionHasContextAlternativesAndCost() throws IOException {
    for (Path page : Documents.pages()) {
      if (page.toString().contains("/decisions/") && !page.endsWith("README.md")) {
        assertThat(MarkdownPage.read(page).headings())
            .as("%s", page.getFileName())
            .hasSize(5)
            .endsWith("Context", "Decision", "Alternatives", "Cost");
      }
    }
  }

  @Test
  void referenceNamesEveryOperation() throws IOException {
    String reference = Documents.page("reference/http-api.md").text();
    List<String> operations =
        Files.readAllLines(ROOT.resolve("functions/api.yaml")).stream()
            .map(OPERATION::matcher)
            .filter(Matcher::matches)
            .map(operation -> operation.group(1))
            .toList();

    assertThat(operations)
        .hasSizeGreaterThan(10)
        .filteredOn(operation -> !Documents.WITH_TUTORIAL)
        .filteredOn(operation -> !operation.startsWith("head")) // one sentence says it for all
        .allSatisfy(operation -> assertThat(reference).contains("`" + operation + "`"));
  }

  /** At most 8 files and fewer than 400 lines, with its tests and the API's paths. */
  @Test
  void theTutorialsAggregateIsSmallAndItsRulesAreTheReadmes() throws IOException {
    List<Block> blocks = Documents.page("tutorial/3-first-aggregate.md").blocks();
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

    assertThat(code.stream().map(block -> block.comment().split(" ", -1)[1]).distinct())
        .hasSizeLessThanOrEqualTo(8);
    assertThat(code.stream().mapToLong(block -> block.text().lines().count()).sum())
        .isLessThan(400);
    assertThat(code).anySatisfy(block -> assertThat(block.text()).contains(readme));
  }

  @Test
  void runbookAndReferenceNameEveryAlarm() throws IOException {
    List<String> sections = Documents.page("how-to/runbook.md").headings();
    String reference = Documents.page("reference/logs-metrics-alarms.md").text();
    Set<String> alarms = alarms();

    assertThat(alarms).hasSizeGreaterThan(10);
    for (String alarm : alarms) {
      assertThat(sections).as("Sections of the runbook").contains(alarm);
      assertThat(reference).contains("`" + alarm + "`");
    }
  }

  private static Set<String> alarms() throws IOException {
    Pattern alarm = Pattern.compile("  (\\w+Alarm):");
    Set<String> alarms = new TreeSet<>();
    for (String line : Files.readAllLines(ROOT.resolve("template.yaml"))) {
      Matcher name = alarm.matcher(line);
      if (name.matches()) {
        alarms.add(name.group(1));
      }
    }
    return alarms;
  }
}
