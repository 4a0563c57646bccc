package io.streamkeep.bench;

import io.streamkeep.bench.ViewVerification.Expected;
import io.streamkeep.domain.Registry;
import io.streamkeep.importer.InvalidFileException;
import io.streamkeep.importer.ParsedInvoice;
import io.streamkeep.importer.RetailFiles;
import io.streamkeep.kernel.projection.Projection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Measures the write units of real orders. */
@Command(
    name = "bench-cost",
    mixinStandardHelpOptions = true,
    description = {
      "Measures the write units of real orders, from the request to the last view.",
      "The orders of UCI Online Retail CSVs are placed, confirmed, completed, and "
          + "returned as by import-retail. Beside them are the units of the same work with "
          + "uncompressed events, no snapshots and whole rows."
    })
public final class BenchCost extends BenchCommand {

  private final List<Projection<?, ?>> views;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The CSV files.")
  private List<Path> paths = new ArrayList<>();

  @Mixin private RetailFiles files = new RetailFiles();

  public BenchCost() {
    this(Registry.projections());
  }

  BenchCost(List<Projection<?, ?>> views) {
    this.views = List.copyOf(views);
  }

  @Override
  Report measure(Path root) throws RefusedException, IOException {
    files.checkCurrency();
    List<List<ParsedInvoice>> invoices = new ArrayList<>();
    try {
      for (Path path : paths) {
        invoices.add(files.read(path));
      }
    } catch (InvalidFileException e) {
      throw new RefusedException(BAD_INPUT, e.getMessage());
    }
    try (Tables tables = Tables.of(root.resolve("template.yaml"))) {
      CostBench bench = new CostBench(tables, views);
      for (List<ParsedInvoice> file : invoices) {
        progress("measuring %d invoices".formatted(file.size()));
        bench.measure(file);
      }
      if (bench.orders().isEmpty()) {
        throw new RefusedException(BAD_INPUT, "there is no order to measure");
      }
      int wrong = wrongRows(tables);
      return new Report(
          """
          The cost of an order from its first request to its last view: write units by the service's rules.
          before = each commit's events as JSON, without snapshots, and each row in one item; after = as it is.
          ratio = before / after: 1 costs the same, more is cheaper now.
          """,
          CostReport.of(bench.invoices(), bench.returns(), bench.orders(), wrong),
          wrong == 0 ? null : wrong + " rows differ from a fold of their events");
    }
  }

  private int wrongRows(Tables tables) {
    List<Expected> expected = views.stream().map(Expected::of).toList();
    ViewVerification found = ViewVerification.of(tables.plain(), expected);
    return found.lost() + found.wrong();
  }
}
