package io.streamkeep.bench;

import static java.util.stream.Collectors.joining;

import io.streamkeep.aws.json.Json;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.projection.RowCodec;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.RecordedEvent;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate in which only sizes matter: a command is the list of its events, an event is a JSON
 * text of any length, and the state is the number of events.
 */
final class BenchAggregate implements Decider<List<String>, String, Long>, EventCodec<String> {

  private static final List<String> WORDS =
      List.of(
          """
          returned damaged pallet aisle counted by the morning shift box opened customer asked for two more next
          delivery on Tuesday label unreadable moved to quarantine after inspection supplier will collect paper
          chain kit jumbo bag red retrospot lantern holder\
          """
              .split("\\s"));

  private BenchAggregate() {}

  /** The module of the aggregate, with snapshots and a number of identical views. */
  static AggregateModule<List<String>, String, Long> module(String category, int views) {
    BenchAggregate aggregate = new BenchAggregate();
    AggregateModule.Builder<List<String>, String, Long> module =
        AggregateModule.of(category, aggregate, aggregate, new CountCodec());
    for (int i = 1; i <= views; i++) {
      module.view(new CountView("bench-" + i));
    }
    return module.build();
  }

  /** A command of some events, each with a note in English and stored in so many bytes. */
  static List<String> command(int number, int events, int bytes) {
    Random random = new Random(number);
    return Stream.generate(() -> event(random, bytes)).limit(events).toList();
  }

  private static String event(Random random, int bytes) {
    String start = "{\"sku\":\"%d\",\"note\":\"".formatted(random.nextInt(20_000, 30_000));
    String end = "\"}";
    String note =
        Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size())))
            .limit(bytes)
            .collect(joining(" "));
    return start + note.substring(0, bytes - start.length() - end.length()) + end;
  }

  @Override
  public Long initial() {
    return 0L;
  }

  @Override
  public Decision<String> decide(List<String> events, Long count) {
    return new Decision.Accepted<>(events);
  }

  @Override
  public Long evolve(Long count, String event) {
    return count + 1;
  }

  @Override
  public RecordedEvent encode(String event) {
    return new RecordedEvent("bench.counted", 1, event);
  }

  @Override
  public String decode(RecordedEvent event) {
    return event.data();
  }

  private static final class CountCodec implements StateCodec<Long> {

    @Override
    public int schema() {
      return 1;
    }

    @Override
    public String encode(Long count) {
      return "{\"count\":%d}".formatted(count);
    }

    @Override
    public Long decode(String data) {
      return (long) Json.read(data).getInt("count");
    }
  }

  /** The number of a stream's events and the last one. */
  private record CountView(String name) implements View<String, String>, RowCodec<String> {

    @Override
    public String apply(String key, @Nullable String row, String event) {
      int before = row == null ? 0 : Json.read(row).getInt("count");
      return "{\"count\":%d,\"last\":%s}".formatted(before + 1, event);
    }

    @Override
    public RowCodec<String> codec() {
      return this;
    }

    @Override
    public String encode(String row) {
      return row;
    }

    @Override
    public String decode(String data) {
      return data;
    }
  }
}
