package io.streamkeep.importer;

import io.streamkeep.console.Terminal;
import java.io.PrintWriter;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows progress on standard error: a bar on a terminal, otherwise a line every few seconds. */
record Progress(PrintWriter err) {

  /** Starts a stage with so many steps; closing it ends it. Steps may be made by any thread. */
  ProgressBar stage(String name, int steps) {
    ProgressBarBuilder bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(steps);
    if (Terminal.isStandardError()) {
      bar.setStyle(ProgressBarStyle.ASCII)
          .setUpdateIntervalMillis(200)
          .setConsumer(new ConsoleProgressBarConsumer(System.err));
    } else {
      bar.setRenderer((at, width) -> name + ": " + at.getCurrent() + " of " + at.getMax())
          .setUpdateIntervalMillis(5000)
          .setConsumer(new DelegatingProgressBarConsumer(changesTo(err)));
    }
    return bar.build();
  }

  /** Skips repeated lines: the last one is rendered twice. */
  private static Consumer<String> changesTo(PrintWriter err) {
    AtomicReference<String> last = new AtomicReference<>("");
    return line -> {
      if (!line.equals(last.getAndSet(line))) {
        err.println(line);
      }
    };
  }
}
