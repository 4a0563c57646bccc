package io.streamkeep.bench;

import java.util.Optional;

/**
 * The event store and its floor in one setting.
 *
 * @param floor one writer, whom nobody disturbs
 * @param race as many such writers as the event store has, if they are many
 */
record Compared(Setting setting, Lane floor, Optional<Lane> race, Lane store) {

  /** 1 is as fast as the floor, less is slower. */
  Spread ratio() {
    return store.speed(floor);
  }

  /** 1 is as fast as the race, less is slower. */
  Optional<Spread> raceRatio() {
    return race.map(store::speed);
  }
}
