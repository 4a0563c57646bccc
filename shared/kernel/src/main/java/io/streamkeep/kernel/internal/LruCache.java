package io.streamkeep.kernel.internal;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A cache with a limit in bytes; evicts the least recently used entries first. Thread-safe. */
public final class LruCache<K, V> {

  private final long maxBytes;
  private final ToLongFunction<V> bytes;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long held;

  /**
   * Starts empty.
   *
   * @param maxBytes the maximum size of all entries; 0 caches nothing
   * @param bytes returns the size of an entry, which must not change
   */
  public LruCache(long maxBytes, ToLongFunction<V> bytes) {
    this.maxBytes = maxBytes;
    this.bytes = bytes;
  }

  public synchronized Optional<V> find(K key) {
    return Optional.ofNullable(entries.get(key));
  }

  public synchronized void put(K key, V value) {
    forget(key);
    entries.put(key, value);
    held += bytes.applyAsLong(value);
    Iterator<V> oldest = entries.values().iterator();
    while (held > maxBytes) {
      held -= bytes.applyAsLong(oldest.next());
      oldest.remove();
    }
  }

  public synchronized void forget(K key) {
    V value = entries.remove(key);
    if (value != null) {
      held -= bytes.applyAsLong(value);
    }
  }
}
