package io.streamkeep.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** A workload of commands: the number of streams, of events in a command, and of writers. */
enum StoreWorkload {
  W1(1000, 20, 1, 120, 1),
  W2(1, 2000, 1, 120, 1),
  W3(100, 20, 5, 300, 1),
  W4(1, 4000, 1, 120, 8);

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

  /** A command to execute. */
  record Task(StreamId stream, CommandId id, List<String> command) {}

  /**
   * The commands of a run; those of one stream follow each other.
   *
   * @param scenario each scenario has its own streams
   * @param run negative for the warm-up, which also has its own streams
   * @param percent the share of the workload that all runs together execute
   */
  List<Task> tasks(String category, String scenario, int run, int runs, double percent) {
    int share = Math.max(1, (int) (streams * commands * percent / 100 / runs));
    return IntStream.range(run * share, (run + 1) * share)
        .mapToObj(n -> task(category, scenario + Math.floorDiv(n, commands), n))
        .toList();
  }

  private Task task(String category, String streamName, int number) {
    String key = UUID.nameUUIDFromBytes(streamName.getBytes(UTF_8)).toString();
    StreamId stream = new StreamId(category, key);
    return new Task(
        stream, CommandClient.id(stream, number), BenchAggregate.command(number, events, bytes));
  }
}
