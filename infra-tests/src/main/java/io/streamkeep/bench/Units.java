package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * Write units of the same work.
 *
 * @param before without compression, snapshots and split rows
 * @param after as it is
 */
record Units(long before, long after) {

  static final Units NONE = new Units(0, 0);

  Units plus(Units other) {
    return new Units(before + other.before, after + other.after);
  }

  /** The average over orders, with the ratio unless there is nothing to compare. */
  JsonObject json(int orders) {
    JsonObjectBuilder json =
        Json.object()
            .add("before", MedianRange.round((double) before / orders))
            .add("after", MedianRange.round((double) after / orders));
    return after == 0
        ? json.build()
        : json.add("ratio", MedianRange.round((double) before / after)).build();
  }
}
