package io.streamkeep.kernel.command;

import io.streamkeep.kernel.store.StreamId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What a process remembers of each of the {@value #MOST} streams that it used last. */
final class PerStream<V> {

  private static final int MOST = 1000;

  private final Supplier<V> fresh;
  private final Map<StreamId, V> values =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<StreamId, V> eldest) {
          return size() > MOST;
        }
      };

  PerStream(Supplier<V> fresh) {
    this.fresh = fresh;
  }

  synchronized V of(StreamId stream) {
    return values.computeIfAbsent(stream, s -> fresh.get());
  }
}
