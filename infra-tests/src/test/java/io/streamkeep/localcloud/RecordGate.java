package io.streamkeep.localcloud;

import io.streamkeep.localcloud.faults.Faults;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds stream records back until a number of them has arrived, then releases all. */
final class RecordGate implements Faults {
  private final List<JsonObject> held = new ArrayList<>();
  private final Set<String> shards = new HashSet<>();
  private int expected = Integer.MAX_VALUE;
  private int throttled;

  @Override
  public synchronized List<JsonObject> streamRecords(
      String function, String shard, List<JsonObject> records) {
    shards.add(shard);
    held.addAll(records);
    if (held.size() < expected) {
      return List.of();
    }
    List<JsonObject> all = List.copyOf(held);
    held.clear();
    return all;
  }

  @Override
  public synchronized boolean throttlesInvocation(String function) {
    return throttled-- > 0;
  }

  /** Makes Lambda throttle the next invocations. */
  synchronized void throttle(int invocations) {
    throttled = invocations;
  }

  /** The shards that were read so far. */
  synchronized Set<String> shards() {
    return Set.copyOf(shards);
  }

  synchronized void release(int records) {
    expected = records;
  }

  synchronized void close() {
    expected = Integer.MAX_VALUE;
  }

  synchronized void open() {
    expected = 0;
  }
}
