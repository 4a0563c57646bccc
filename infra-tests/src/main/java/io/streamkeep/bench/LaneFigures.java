package io.streamkeep.bench;

import jakarta.json.JsonObjectBuilder;

/**
 * What one of those that are compared took.
 *
 * @param command what each cost
 * @param p50 of a command, in milliseconds
 * @param mostTries of any command
 * @param givenUp how often a command was sent again because others were faster
 */
record LaneFigures(Average command, double p50, double p99, int mostTries, int givenUp) {

  JsonObjectBuilder json() {
    return command
        .json()
        .add("p50Millis", p50)
        .add("p99Millis", p99)
        .add("mostTries", mostTries)
        .add("givenUp", givenUp);
  }
}
