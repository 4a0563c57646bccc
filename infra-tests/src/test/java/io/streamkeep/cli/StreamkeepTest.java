package io.streamkeep.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.localcloud.faults.FaultKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

@Tag("fast")
final class StreamkeepTest {

  private final CommandLine line = Streamkeep.commandLine(false);

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

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int execute(CommandLine command, String... args) {
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(args);
  }

  @Test
  void everyCommandPrintsTheVersion() {
    assertThat(execute(line, "--version")).isZero();
    assertThat(out.toString()).matches("streamkeep \\d+\\.\\d+\\.\\d+\\S* \\(Java .+\\)\\R");
    for (String command : line.getSubcommands().keySet()) {
      String first = out.toString();
      out.getBuffer().setLength(0);

      assertThat(execute(line, command, "--version")).isZero();
      assertThat(out.toString()).isEqualTo(first);
    }
  }

  /** Neither Java types nor the messages of Java's exceptions are of use to users. */
  @Test
  void invalidOptionIsReportedWithoutJavaTypes() {
    List<String> messages = new ArrayList<>();
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              for (ArgSpec argument : command.getCommandSpec().args()) {
                if (argument.arity().max() == 0 || argument.type().equals(String.class)) {
                  continue;
                }
                String key =
                    argument instanceof OptionSpec option ? option.longestName() + "=" : "";
                for (String value : List.of("", ":", "\0")) {
                  refusal(name, key + value).ifPresent(messages::add);
                }
              }
            });

    assertThat(messages)
        .contains(
            "Invalid value for option '--data': a path can't be empty",
            "Invalid value for option '--endpoint': ':' is not a URL",
            "Invalid value for option '--currency': ':' is not a currency of ISO 4217")
        .noneMatch(message -> message.contains("java.") || message.contains("Exception"));
  }

  private Optional<String> refusal(String... arguments) {
    try {
      line.parseArgs(arguments);
      return Optional.empty();
    } catch (ParameterException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Test
  void textsHaveNoEscapeCodes_whenStandardErrorIsNotATerminal() {
    System.setProperty("picocli.ansi", "true"); // as on a terminal
    try {
      execute(Streamkeep.commandLine(true), "--nope");
      assertThat(err.toString()).contains("\u001B[");

      err.getBuffer().setLength(0);
      execute(Streamkeep.commandLine(false), "--nope");
      assertThat(err.toString()).contains("Unknown option").doesNotContain("\u001B");
    } finally {
      System.clearProperty("picocli.ansi");
    }
  }
}
