package io.streamkeep.cli;

import io.streamkeep.bench.BenchColdStart;
import io.streamkeep.bench.BenchDelivery;
import io.streamkeep.bench.BenchStore;
import io.streamkeep.chaos.Chaos;
import io.streamkeep.bench.BenchCost;
import io.streamkeep.importer.ImportRetail;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry: `streamkeep up` and what else there is to run. */
@Command(
    name = "streamkeep",
    mixinStandardHelpOptions = true,
    description = "An event-sourced commerce backend, on this machine.",
    subcommands = {
      Up.class,
      ImportRetail.class,
      BenchColdStart.class,
      BenchStore.class,
      BenchDelivery.class,
      BenchCost.class,
      Chaos.class
    })
public final class Streamkeep {
  private Streamkeep() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Streamkeep()).execute(args));
  }
}
