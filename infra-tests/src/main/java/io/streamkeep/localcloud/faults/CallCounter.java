package io.streamkeep.localcloud.faults;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Counts the calls of DynamoDB since the last reset, by the function's logical id ("" for any other
 * caller) and the operation, such as DynamoDB.PutItem.
 */
public final class CallCounter {
  private final ConcurrentMap<String, ConcurrentMap<String, Long>> counts =
      new ConcurrentHashMap<>();

  public void add(String function, String operation) {
    counts
        .computeIfAbsent(function, any -> new ConcurrentHashMap<>())
        .merge(operation, 1L, Long::sum);
  }

  public long count(String function, String operation) {
    return of(function).getOrDefault(operation, 0L);
  }

  /** All counts of a function by operation. */
  public Map<String, Long> of(String function) {
    ConcurrentMap<String, Long> calls = counts.get(function);
    return calls == null ? Map.of() : Map.copyOf(calls);
  }

  public void reset() {
    counts.clear();
  }
}
