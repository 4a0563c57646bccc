package io.streamkeep.localcloud.faults;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import software.amazon.awssdk.services.sqs.model.Message;

/** Faults at the boundaries that the local cloud owns; the defaults inject none. */
public interface Faults {
  Faults NONE = new Faults() {};

  /** The phase of a call: before its effect, or after its effect and before its response. */
  enum Phase {
    BEFORE,
    AFTER
  }

  /** Called before anything runs; may throw to refuse the start. */
  default void begin(FaultTargets targets) {}

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

  /** Called after every poll that returned records; true splits every open shard in two. */
  default boolean splitsShard(String function) {
    return false;
  }

  /** Called like {@link #splitsShard}; true closes every open shard, which continues in another. */
  default boolean rollsShardOver(String function) {
    return false;
  }

  /** Called on every poll of a queue, as {@link #streamRecords} is. */
  default List<Message> queueMessages(String function, List<Message> messages) {
    return messages;
  }

  /** Called before each invocation; true if Lambda throttles it. */
  default boolean throttlesInvocation(String function) {
    return false;
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
   * Called at the endpoints of DynamoDB and SQS, on the thread of the call, and, with no
   * environment, before a mapping reads its queue. If it throws, or kills the function's
   * environments, the call is cut off: either before its effect or before its answer. A {@link
   * CallFaultException} instead answers the call with an error, or kills or hangs the environment
   * that made it.
   */
  default void call(ServiceCall call, Phase phase) {}
}
