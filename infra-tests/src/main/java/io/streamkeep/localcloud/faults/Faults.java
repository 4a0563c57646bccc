package io.streamkeep.localcloud.faults;

import jakarta.json.JsonObject;
import java.util.List;

/** What a test lays over the boundaries; as it is here, nothing goes wrong. */
public interface Faults {
  /** When a call is reported: before its effect, or after that and before its answer is sent. */
  enum Phase {
    BEFORE,
    AFTER
  }

  /**
   * Called on every poll of a shard, also when it brought nothing; the result is delivered now, in
   * batches, and may leave out, repeat, reorder, or bring what was held back before.
   *
   * @param function the logical id of the function that the records are for
   */
  default List<JsonObject> streamRecords(String function, List<JsonObject> records) {
    return records;
  }

  /**
   * Called at DynamoDB's endpoint, on the thread of the call. If it throws, or kills the function's
   * environments, the call is cut: before its effect, which it then has not, or before its answer.
   * A {@link ThrottledCallException} before the effect is answered as throttling.
   *
   * @param function the logical id of the function that calls, or "" for anyone else
   * @param operation such as DynamoDB.PutItem
   */
  default void call(String function, String operation, Phase phase) {}
}
