package io.streamkeep.retail;

import io.streamkeep.bench.Tables;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.projection.View;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Measures what real orders cost; exits with 0 if every view is right in the end, 1 if not, 2 if a
 * file or an option is wrong.
 */
@Command(
    name = "bench-cost",
    mixinStandardHelpOptions = true,
    description = {
      "Measures what the orders of UCI Online Retail CSVs cost in write units, from the request to",
      "the last view: placed, confirmed, completed, and returned as import-retail would. Beside it,",
      "what the same cost when events were not packed and a view's row was always one item."
    })
public final class BenchCost implements Callable<Integer> {

  private static final int WRONG = 1;
  private static final int BAD_INPUT = 2;

  private final List<View> views;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "The CSV files.")
  private List<Path> paths = new ArrayList<>();

  @Option(names = "--json", description = "Give the report as one JSON object.")
  private boolean json;

  @Mixin private RetailFiles files = new RetailFiles();

  public BenchCost() {
    this(Views.all());
  }

  BenchCost(List<View> views) {
    this.views = List.copyOf(views);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    files.checkCurrency();
    List<List<Draft>> days = new ArrayList<>();
    try {
      for (Path path : paths) {
        days.add(files.read(path));
      }
    } catch (BadFileException e) {
      return fail(BAD_INPUT, e.getMessage());
    }
    CostReport report = measure(days);
    if (report.orders().isEmpty()) {
      return fail(BAD_INPUT, "there is no order to measure");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.json() + "\n" : report.text());
    out.flush();
    return report.right()
        ? 0
        : fail(WRONG, report.wrong() + " rows are not what their events make");
  }

  private CostReport measure(List<List<Draft>> days) throws IOException, InterruptedException {
    Path template = Path.of(System.getProperty("streamkeep.root", "."), "template.yaml");
    Progress progress = Progress.on(spec.commandLine().getErr());
    try (Tables tables = Tables.of(template);
        Tables before = Tables.of(template)) {
      CostBench bench = new CostBench(tables, before, views);
      for (List<Draft> day : days) {
        bench.measure(day, progress);
      }
      return bench.report();
    }
  }

  private int fail(int status, String why) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(why);
    err.flush();
    return status;
  }
}
