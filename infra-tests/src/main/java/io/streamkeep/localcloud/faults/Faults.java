package io.streamkeep.localcloud.faults;

import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.model.Message;

/** What a test lays over the boundaries; as it is here, nothing goes wrong. */
public interface Faults {
  Faults NONE = new Faults() {};

  /** When a call is reported: before its effect, or after that and before its answer is sent. */
  enum Phase {
    BEFORE,
    AFTER
  }

  /**
   * Called before anything runs, and may refuse that.
   *
   * @param names the logical ids of all functions and tables
   */
  default void begin(Set<String> names) {}

  /**
   * Called on every poll of a shard, also when it brought nothing; the result is delivered now, in
   * batches, and may leave out, repeat, reorder, or bring what was held back before.
   *
   * @param function the logical id of the function that the records are for
   */
  default List<JsonObject> streamRecords(String function, List<JsonObject> records) {
    return records;
  }

  /** The same, for who tells shards apart. */
  default List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    return streamRecords(function, records);
  }

  /** Whether something of the shard is held back; it is polled until nothing is. */
  default boolean holdsRecords(String function, String shard) {
    return false;
  }

  /** Asked after every poll that brought something: whether the shard is closed now. */
  default boolean splitsShard(String function) {
    return false;
  }

  /** Called on every poll of a queue, as {@link #streamRecords} is. */
  default List<Message> queueMessages(String function, List<Message> messages) {
    return messages;
  }

  /** How much the clock of the environment is fast during the function's next invocation. */
  default Duration clockJump(String function) {
    return Duration.ZERO;
  }

  /** Whether there can be such jumps at all. */
  default boolean movesClocks() {
    return false;
  }

  /**
   * Called at DynamoDB's endpoint, on the thread of the call. If it throws, or kills the function's
   * environments, the call is cut: before its effect, which it then has not, or before its answer.
   * A {@link ThrottledCallException} before the effect is answered as throttling; a {@link
   * KilledCallerException} kills who called, and a {@link HungCallerException} lets it hang.
   *
   * @param function the logical id of the function that calls, or "" for anyone else
   * @param operation such as DynamoDB.PutItem
   */
  default void call(String function, String operation, Phase phase) {}

  /** The same, for who tells tables apart. */
  default void call(DatabaseCall call, Phase phase) {
    call(call.function(), call.operation(), phase);
  }
}
