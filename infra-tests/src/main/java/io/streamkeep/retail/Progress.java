package io.streamkeep.retail;

/** Shows the user how far the import is; its steps may be taken by several threads at once. */
interface Progress {

  /** Starts a stage of so many steps; closing it ends it. */
  Stage stage(String name, int steps);

  /** A stage that is under way. */
  interface Stage extends AutoCloseable {

    void step();

    @Override
    void close();
  }
}
