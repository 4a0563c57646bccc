package io.streamkeep.bench;

/** The event store and its floor in one setting. */
record Compared(Setting setting, Lane floor, Lane store) {

  /** 1 is as fast as the floor, less is slower. */
  Spread ratio() {
    return store.speed(floor);
  }
}
