package io.streamkeep.bench;

import io.streamkeep.testkit.cost.Cost;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/**
 * What one of the two took.
 *
 * @param cost of all commands together
 * @param p50 of a command, in milliseconds
 * @param mostTries of any command
 * @param givenUp how often a command was sent again because others were faster
 */
record LaneFigures(int commands, Cost cost, double p50, double p99, int mostTries, int givenUp) {

  double requests() {
    return (double) cost.requests() / commands;
  }

  double writeUnits() {
    return (double) cost.writeUnits() / commands;
  }

  double readUnits() {
    return cost.readUnits() / commands;
  }

  double bytesWritten() {
    return (double) cost.bytesWritten() / commands;
  }

  JsonObjectBuilder json() {
    return Json.createObjectBuilder()
        .add("requests", requests())
        .add("writeUnits", writeUnits())
        .add("readUnits", readUnits())
        .add("bytesWritten", bytesWritten())
        .add("p50Millis", p50)
        .add("p99Millis", p99)
        .add("mostTries", mostTries)
        .add("givenUp", givenUp);
  }
}
