package io.streamkeep.cli;

import static java.util.Objects.requireNonNull;

import io.streamkeep.bench.BenchColdStart;
import io.streamkeep.bench.BenchCost;
import io.streamkeep.bench.BenchDelivery;
import io.streamkeep.bench.BenchStore;
import io.streamkeep.chaos.Chaos;
import io.streamkeep.console.Terminal;
import io.streamkeep.deployment.Deploy;
import io.streamkeep.importer.ImportRetail;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line's entry point. Its help lists the commands by purpose. */
@Command(
    name = "streamkeep",
    mixinStandardHelpOptions = true,
    description = "An event-sourced commerce backend, on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"%nA command's options and an example:", "  streamkeep COMMAND --help"},
    subcommands = {
      Up.class,
      Deploy.class,
      ImportRetail.class,
      Chaos.class,
      BenchStore.class,
      BenchDelivery.class,
      BenchCost.class,
      BenchColdStart.class
    })
public final class Streamkeep {

  /** A command in the help, with an example of its arguments. */
  private record Entry(String group, String command, String example) {}

  private static final String FILE = "infra-tests/examples/retail-sample.csv";

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry("Run", "up", "--port 3001 --data data"),
          new Entry("Deploy", "deploy", "--config-env prod"),
          new Entry("Data", "import-retail", FILE),
          new Entry("Prove", "chaos", "--seed 7 --minutes 1"),
          new Entry("Measure", "bench-store", "--workload W1,W4 --commands 25"),
          new Entry("Measure", "bench-delivery", "--runs 3 --json"),
          new Entry("Measure", "bench-cost", FILE),
          new Entry("Measure", "bench-coldstart", "--runs 10"));

  private Streamkeep() {}

  public static void main(String[] args) {
    System.exit(commandLine(Terminal.isStandardError()).execute(args));
  }

  /**
   * The command line.
   *
   * @param colours true to colour texts if standard output is a terminal; errors go to standard
   *     error, so that has to be one too
   */
  static CommandLine commandLine(boolean colours) {
    CommandLine line = new CommandLine(new Streamkeep());
    line.setColorScheme(Help.defaultColorScheme(colours ? Ansi.AUTO : Ansi.OFF));
    OptionTypes.register(line);
    line.getCommandSpec().version(Version.TEXT);
    line.getCommandSpec().usageMessage().commandListHeading("");
    line.getHelpSectionMap()
        .put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, Streamkeep::groupedCommands);
    for (Entry entry : ENTRIES) {
      CommandLine command = requireNonNull(line.getSubcommands().get(entry.command));
      command.getCommandSpec().version(Version.TEXT);
      command
          .getCommandSpec()
          .usageMessage()
          .footer("%nExample:", "  streamkeep " + entry.command + " " + entry.example);
    }
    return line;
  }

  private static String groupedCommands(Help help) {
    Map<String, List<Entry>> groups =
        ENTRIES.stream()
            .collect(Collectors.groupingBy(Entry::group, LinkedHashMap::new, Collectors.toList()));
    StringBuilder list = new StringBuilder();
    groups.forEach(
        (group, entries) -> {
          Map<String, Help> commands = new LinkedHashMap<>();
          entries.forEach(
              entry ->
                  commands.put(
                      entry.command, requireNonNull(help.subcommands().get(entry.command))));
          list.append(help.createHeading("%n" + group + ":%n")).append(help.commandList(commands));
        });
    return list.toString();
  }
}
