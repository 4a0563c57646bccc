package io.streamkeep.chaos;

import io.streamkeep.localcloud.faults.DatabaseCall;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.faults.Faults;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * A fault schedule with a record of its consequences. Commits get times from a slow clock, so that
 * the reconciler need not wait until they are old enough.
 */
final class RecordingFaults implements Faults {

  private static final Set<String> STREAM_CONSUMERS =
      Set.of("ProjectionFunction", "ReactionFunction");

  /** Longer than the reconciler's grace, shorter than the clock error that it allows for. */
  private static final Duration SLOW = Duration.ofMinutes(5);

  private final FaultSchedule schedule;
  private final Set<String> delivered = ConcurrentHashMap.newKeySet();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();

  RecordingFaults(FaultSchedule schedule) {
    this.schedule = schedule;
  }

  void stop() {
    schedule.stop();
  }

  Map<FaultKind, Long> injected() {
    return schedule.injected();
  }

  /** The number of stream records that are still to be read for so many commits. */
  long unread(long commits) {
    return STREAM_CONSUMERS.size() * commits - read.get();
  }

  /** The number of records that were delivered to a stream consumer again. */
  long duplicates() {
    return duplicates.get();
  }

  /** The number of queries by stream consumers for commits that they were not given. */
  long gaps() {
    return gaps.get();
  }

  @Override
  public List<JsonObject> streamRecords(String function, String shard, List<JsonObject> records) {
    read.addAndGet(records.size());
    List<JsonObject> result = schedule.streamRecords(function, shard, records);
    for (JsonObject record : result) {
      if (!delivered.add(function + record.getJsonObject("dynamodb").getJsonObject("Keys"))) {
        duplicates.incrementAndGet();
      }
    }
    return result;
  }

  @Override
  public void call(DatabaseCall call, Phase phase) {
    if (phase == Phase.BEFORE
        && STREAM_CONSUMERS.contains(call.function())
        && call.operation().endsWith("Query")
        && call.tables().contains("EventsTable")) {
      gaps.incrementAndGet();
    }
    schedule.call(call, phase);
  }

  @Override
  public Duration clockJump(String function) {
    Duration jump = schedule.clockJump(function);
    return function.equals("CommandFunction") ? jump.minus(SLOW) : jump;
  }

  @Override
  public boolean movesClocks() {
    return true;
  }

  @Override
  public void begin(Set<String> names) {
    schedule.begin(names);
  }

  @Override
  public boolean holdsRecords(String function, String shard) {
    return schedule.holdsRecords(function, shard);
  }

  @Override
  public boolean splitsShard(String function) {
    return schedule.splitsShard(function);
  }

  @Override
  public List<Message> queueMessages(String function, List<Message> messages) {
    return schedule.queueMessages(function, messages);
  }
}
