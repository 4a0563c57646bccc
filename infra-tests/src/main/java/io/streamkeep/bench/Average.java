package io.streamkeep.bench;

import io.streamkeep.testkit.cost.Cost;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/**
 * What one of many cost.
 *
 * @param count how many
 * @param cost of all of them together
 */
record Average(int count, Cost cost) {

  double requests() {
    return (double) cost.requests() / count;
  }

  double writeUnits() {
    return (double) cost.writeUnits() / count;
  }

  double readUnits() {
    return cost.readUnits() / count;
  }

  double bytesWritten() {
    return (double) cost.bytesWritten() / count;
  }

  JsonObjectBuilder json() {
    return Json.createObjectBuilder()
        .add("requests", requests())
        .add("writeUnits", writeUnits())
        .add("readUnits", readUnits())
        .add("bytesWritten", bytesWritten());
  }
}
