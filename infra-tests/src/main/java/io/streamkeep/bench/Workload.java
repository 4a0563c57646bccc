package io.streamkeep.bench;

import io.streamkeep.bench.Shelf.Move;
import io.streamkeep.kernel.store.StreamId;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is to be done, in how many streams, in commands of how many events, by how many at once. */
enum Workload {
  MANY_STREAMS("W1", 1000, 20, 1, 120, 1),
  LONG_STREAM("W2", 1, 2000, 1, 120, 1),
  LARGE_COMMANDS("W3", 100, 20, 5, 300, 1),
  MANY_WRITERS("W4", 1, 400, 1, 120, 8);

  /** Short, for tables. */
  final String code;

  final int streams;
  final int commands;
  final int events;
  final int bytes;
  final int writers;

  Workload(String code, int streams, int commands, int events, int bytes, int writers) {
    this.code = code;
    this.streams = streams;
    this.commands = commands;
    this.events = events;
    this.bytes = bytes;
    this.writers = writers;
  }

  /** One command of one stream. */
  record Task(StreamId stream, int number, Move move) {}

  /**
   * What one of {@code runs} does: some of the streams; if there is only one, some of its commands;
   * if that has many writers, all of it once more.
   *
   * @param name of whoever does it, in whose streams it is
   */
  List<Task> tasks(String category, String name, int run, int runs, double percent) {
    if (writers > 1) {
      int each = Math.max(writers, share(commands, 1, percent));
      return tasks(stream(category, name + "/" + run), 1, each);
    }
    if (streams == 1) {
      int each = share(commands, runs, percent);
      return tasks(stream(category, name), run * each + 1, each);
    }
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < share(streams, runs, percent); i++) {
      tasks.addAll(tasks(stream(category, name + "/" + run + "/" + i), 1, commands));
    }
    return tasks;
  }

  private List<Task> tasks(StreamId stream, int first, int count) {
    List<Task> tasks = new ArrayList<>();
    for (int number = first; number < first + count; number++) {
      tasks.add(new Task(stream, number, Goods.readable(number, events, bytes)));
    }
    return tasks;
  }

  private static int share(int all, int runs, double percent) {
    return Math.max(1, (int) (all * percent / 100 / runs));
  }

  private static StreamId stream(String category, String name) {
    byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
    return new StreamId(category, UUID.nameUUIDFromBytes(bytes).toString());
  }
}
