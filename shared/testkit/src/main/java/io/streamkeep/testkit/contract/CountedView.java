package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.RowCodec;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.function.SampleCommits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A view whose row is the text of the newest event. A text {@code sortKey amount} is added to a
 * total; an empty one to none.
 *
 * @param group the group of the totals
 */
record CountedView(String group) implements View<String, String> {

  static final String CATEGORY = "counted";

  /** Appends a commit whose only event has this text. */
  static Commit append(EventStore events, StreamId stream, String text) {
    RecordedEvent event = new Events().encode(text);
    return SampleCommits.append(events, stream, Instant.EPOCH, List.of(event)).getFirst();
  }

  Projection<String, String> projection() {
    return new Projection<>(CATEGORY, new Events(), this);
  }

  @Override
  public String name() {
    return "counted";
  }

  @Override
  public String apply(String key, @Nullable String row, String event) {
    return event;
  }

  @Override
  public RowCodec<String> codec() {
    return new Rows();
  }

  @Override
  public List<AggregateTotal> totals(String row) {
    if (row.isEmpty()) {
      return List.of();
    }
    String[] words = row.split(" ", 2);
    Map<String, Long> amounts = Map.of("rows", 1L, "amount", Long.parseLong(words[1]));
    return List.of(new AggregateTotal(group, words[0], amounts));
  }

  private static final class Events implements EventCodec<String> {

    @Override
    public RecordedEvent encode(String event) {
      return new RecordedEvent("text", 1, event);
    }

    @Override
    public String decode(RecordedEvent event) {
      return event.data();
    }
  }

  private static final class Rows implements RowCodec<String> {

    private static final String BEFORE = "{\"text\":\"";
    private static final String AFTER = "\"}";

    @Override
    public String encode(String row) {
      return BEFORE + row + AFTER;
    }

    @Override
    public String decode(String data) {
      return data.substring(BEFORE.length(), data.length() - AFTER.length());
    }
  }
}
