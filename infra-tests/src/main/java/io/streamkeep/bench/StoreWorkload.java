package io.streamkeep.bench;

import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The commands of a workload: the number of streams, of events in a command and of writers. */
enum StoreWorkload {
  W1(1000, 20, 1, 120, 1),
  W2(1, 2000, 1, 120, 1),
  W3(100, 20, 5, 300, 1),
  W4(1, 400, 1, 120, 8);

  final int writers;
  private final int streams;
  private final int commands;
  private final int events;
  private final int bytes;

  StoreWorkload(int streams, int commands, int events, int bytes, int writers) {
    this.streams = streams;
    this.commands = commands;
    this.events = events;
    this.bytes = bytes;
    this.writers = writers;
  }

  /** A command to be carried out. */
  record Task(StreamId stream, CommandId id, List<String> command) {}

  /**
   * A run's commands: all commands of new streams, or the next commands of the only stream. Many
   * writers write all commands of a new stream in each run.
   *
   * @param name of the scenario, which has streams of its own
   * @param percent of the whole workload that all runs together carry out
   */
  List<Task> tasks(String category, String name, int run, int runs, double percent) {
    if (streams > 1) {
      return IntStream.range(0, share(streams, runs, percent))
          .mapToObj(i -> stream(category, name + "/" + run + "/" + i))
          .flatMap(stream -> tasks(stream, 0, commands))
          .toList();
    }
    if (writers > 1) {
      int count = Math.max(writers, share(commands, 1, percent));
      return tasks(stream(category, name + "/" + run), 0, count).toList();
    }
    int count = share(commands, runs, percent);
    return tasks(stream(category, name), run * count, count).toList();
  }

  private static int share(int all, int runs, double percent) {
    return Math.max(1, (int) (all * percent / 100 / runs));
  }

  private static StreamId stream(String category, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return new StreamId(category, UUID.nameUUIDFromBytes(bytes).toString());
  }

  private Stream<Task> tasks(StreamId stream, int before, int count) {
    return IntStream.rangeClosed(before + 1, before + count)
        .mapToObj(
            number ->
                new Task(
                    stream,
                    CommandClient.id(stream, number),
                    BenchAggregate.readable(number, events, bytes)));
  }
}
