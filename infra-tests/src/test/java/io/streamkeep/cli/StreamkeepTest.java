package io.streamkeep.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.localcloud.faults.FaultKind;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

@Tag("fast")
final class StreamkeepTest {

  private final CommandLine line = Streamkeep.commandLine();

  @Test
  void helpGroupsAllCommands() {
    List<String> list =
        line.getUsageMessage()
            .lines()
            .dropWhile(text -> !text.equals("Run:"))
            .takeWhile(text -> !text.startsWith("A command's options"))
            .filter(text -> text.matches("\\w+:|  [a-z].*")) // without wrapped descriptions
            .map(text -> text.strip().split(" ", -1)[0])
            .toList();

    assertThat(list)
        .containsExactly(
            "Run:",
            "up",
            "Deploy:",
            "deploy",
            "Data:",
            "import-retail",
            "Prove:",
            "chaos",
            "Measure:",
            "bench-store",
            "bench-delivery",
            "bench-cost",
            "bench-coldstart")
        .containsAll(line.getSubcommands().keySet());
  }

  @Test
  void helpOfUpListsAllKindsOfFaults() {
    String help =
        requireNonNull(line.getSubcommands().get("up")).getUsageMessage().replaceAll("\\s+", " ");

    assertThat(help).contains("Kinds: " + FaultKind.names() + ".");
  }

  @Test
  void helpOfEveryCommandHasAnExampleThatParses() {
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              String help = command.getUsageMessage();
              assertThat(help).contains("Example:").contains("  streamkeep " + name + " ");
              String example = help.substring(help.indexOf("  streamkeep " + name)).strip();
              List<String> arguments = List.of(example.split(" ", -1));
              line.parseArgs(arguments.subList(1, arguments.size()).toArray(String[]::new));
            });
  }
}
