package io.streamkeep.bench;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;

/**
 * What a workload's delivery took, and what its floor did.
 *
 * @param ratio the floor's time by the delivery's, run by run: 1 is as fast, less is slower
 */
record Applied(
    DeliveryWorkload workload, boolean delayed, Side floor, Side delivery, Spread ratio) {

  /**
   * One of the two.
   *
   * @param commit what each applied commit cost
   */
  record Side(Average commit, double perSecond) {

    private JsonObjectBuilder json() {
      return commit.json().add("appliedPerSecond", perSecond);
    }
  }

  JsonObjectBuilder json() {
    return Json.createObjectBuilder()
        .add("workload", workload.code)
        .add("subscribers", workload.subscribers)
        .add("addedMillis", delayed ? Delay.ADDED.toMillis() : 0)
        .add("applied", delivery.commit().count())
        .add("ratio", ratio.json())
        .add("floor", floor.json())
        .add("delivery", delivery.json());
  }
}
