package io.streamkeep.localcloud.faults;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;

/** Faults at the boundaries that the local cloud owns; the defaults inject none. */
public interface Faults {
  Faults NONE = new Faults() {};

  /** The phase of a call: before its effect, or after its effect and before its response. */
  enum Phase {
    BEFORE,
    AFTER
  }

  /**
   * Called before anything runs; may throw to refuse the start.
   *
   * @param names the logical ids of all functions and tables
   */
  default void begin(Set<String> names) {}

  /**
   * Called on every poll of a shard, even if it returned nothing. The result is delivered now, in
   * batches, and may omit, repeat or reorder records, or contain records that were held back.
   *
   * @param function the logical id of the function that the records are for
   */
  default List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    return records;
  }

  /** True while records of the shard are held back; it is polled until none are. */
  default boolean holdsRecords(String function, String shard) {
    return false;
  }

  /** Called after every poll that returned records; true closes the shard. */
  default boolean splitsShard(String function) {
    return false;
  }

  /** Called on every poll of a queue, as {@link #streamRecords} is. */
  default List<Message> queueMessages(String function, List<Message> messages) {
    return messages;
  }

  /** The time by which the environment's clock is ahead during the function's next invocation. */
  default Duration clockJump(String function) {
    return Duration.ZERO;
  }

  /** True if clocks can jump at all. */
  default boolean movesClocks() {
    return false;
  }

  /**
   * Called at DynamoDB's endpoint, on the thread of the call. If it throws, or kills the function's
   * environments, the call is cut off: either before its effect or before its answer. A {@link
   * CallFaultException} also throttles the call, or kills or hangs the environment that made it.
   */
  default void call(DatabaseCall call, Phase phase) {}
}
