package io.streamkeep.chaos;

import io.streamkeep.localcloud.faults.DatabaseCall;
import io.streamkeep.localcloud.faults.FaultSchedule;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A fault schedule with a record of its consequences. Commits get times from a slow clock, so that
 * the reconciler need not wait until they are old enough.
 */
final class RecordingFaults extends FaultSchedule {

  private static final Set<String> STREAM_CONSUMERS =
      Set.of("ProjectionFunction", "ReactionFunction");

  /** Longer than the reconciler's grace, shorter than the clock error that it allows for. */
  private static final Duration SLOW = Duration.ofMinutes(5);

  private final Set<String> delivered = ConcurrentHashMap.newKeySet();
  private final AtomicLong read = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong gaps = new AtomicLong();

  RecordingFaults(String faults) {
    super(faults);
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
    List<JsonObject> result = super.streamRecords(function, shard, records);
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
    super.call(call, phase);
  }

  @Override
  public Duration clockJump(String function) {
    Duration jump = super.clockJump(function);
    return function.equals("CommandFunction") ? jump.minus(SLOW) : jump;
  }

  @Override
  public boolean movesClocks() {
    return true;
  }
}
