package io.streamkeep.retail;

import java.io.PrintWriter;

/** Shows the user how far the work is; its steps may be taken by several threads at once. */
interface Progress {

  /** A bar where somebody looks on, else lines. */
  static Progress on(PrintWriter err) throws InterruptedException {
    return ProgressOnTerminal.isThere() ? new ProgressOnTerminal() : new ProgressLines(err);
  }

  /** Starts a stage of so many steps; closing it ends it. */
  Stage stage(String name, int steps);

  /** A stage that is under way. */
  interface Stage extends AutoCloseable {

    void step();

    @Override
    void close();
  }
}
