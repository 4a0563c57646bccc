package io.streamkeep.localcloud.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each function called each operation of DynamoDB, since the last reset. */
public final class Calls {
  private final ConcurrentMap<Call, LongAdder> counts = new ConcurrentHashMap<>();

  /**
   * Who called what.
   *
   * @param function the function's logical id, or "" for anyone else
   * @param operation such as DynamoDB.PutItem
   */
  public record Call(String function, String operation) {}

  public void add(String function, String operation) {
    counts.computeIfAbsent(new Call(function, operation), call -> new LongAdder()).increment();
  }

  public long count(String function, String operation) {
    LongAdder count = counts.get(new Call(function, operation));
    return count == null ? 0 : count.sum();
  }

  /** All counts of a function by operation. */
  public Map<String, Long> of(String function) {
    Map<String, Long> all = new ConcurrentHashMap<>();
    counts.forEach(
        (call, count) -> {
          if (call.function().equals(function)) {
            all.put(call.operation(), count.sum());
          }
        });
    return Map.copyOf(all);
  }

  public void reset() {
    counts.clear();
  }
}
