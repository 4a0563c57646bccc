package io.streamkeep.importer;

import java.io.IOException;
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

  private static final boolean IS_TERMINAL = isTerminal();

  /** Starts a stage with so many steps; closing it ends it. Steps may be made by any thread. */
  ProgressBar stage(String name, int steps) {
    ProgressBarBuilder bar = new ProgressBarBuilder().setTaskName(name).setInitialMax(steps);
    if (IS_TERMINAL) {
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

  /** Asks the POSIX utility, since Java can't detect whether standard error is a terminal. */
  private static boolean isTerminal() {
    try {
      return new ProcessBuilder("test", "-t", "2").inheritIO().start().onExit().join().exitValue()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
