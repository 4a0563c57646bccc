package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.contract.RandomHistories.Command;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A model of counters: the commands in effect on each stream, in order. */
final class CounterModel {

  private final List<StreamId> streams;
  private final Map<StreamId, List<Entry>> entries = new HashMap<>();

  CounterModel(List<StreamId> streams) {
    this.streams = streams;
    streams.forEach(stream -> entries.put(stream, new ArrayList<>()));
  }

  private record Entry(Command command, long amount) {}

  long commit(StreamId stream) {
    return list(stream).size();
  }

  /** The commands and amounts of a stream, oldest first, written {@code command:amount}. */
  List<String> entries(StreamId stream) {
    return list(stream).stream().map(e -> e.command().id() + ":" + e.amount()).toList();
  }

  /** True if the command changes a stream; a command that changes none is sent to the first. */
  boolean concerns(Command command, StreamId stream) {
    return amount(command, stream) != 0
        || (stream.equals(streams.getFirst()) && command.amounts().stream().allMatch(a -> a == 0));
  }

  Outcome<List<Long>> carryOut(Command command) {
    List<StreamId> of = streams.stream().filter(stream -> concerns(command, stream)).toList();
    List<Integer> before = of.stream().map(stream -> find(command, stream)).toList();
    if (before.stream().anyMatch(index -> index >= 0)) {
      return repeat(command, of, before);
    }
    long commit = commit(of.getFirst());
    if (command.commit() >= 0 && command.commit() != commit) {
      return new Outcome.PreconditionFailed<>(commit);
    }
    for (StreamId stream : of) {
      if (sum(stream, list(stream).size()) + amount(command, stream) > Counter.MAX) {
        return new Outcome.Rejected<>(new Rejection(Rejection.Kind.STATE, "full", "It is full."));
      }
    }
    for (StreamId stream : of) {
      if (amount(command, stream) != 0) {
        list(stream).add(new Entry(command, amount(command, stream)));
      }
    }
    return done(of, of.stream().map(stream -> list(stream).size()).toList());
  }

  private Outcome<List<Long>> repeat(Command command, List<StreamId> of, List<Integer> before) {
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      List<Entry> list = list(of.get(i));
      int index = before.get(i);
      if (index >= 0 && !list.get(index).command().fingerprint().equals(command.fingerprint())) {
        return new Outcome.CommandIdReused<>();
      }
      sizes.add(index >= 0 ? index + 1 : list.size());
    }
    return done(of, sizes);
  }

  private Outcome<List<Long>> done(List<StreamId> of, List<Integer> sizes) {
    List<Long> sums = new ArrayList<>();
    for (int i = 0; i < of.size(); i++) {
      sums.add(sum(of.get(i), sizes.get(i)));
    }
    return new Outcome.Completed<>(sums, sizes.getFirst());
  }

  /**
   * The index of a command among those of a stream, or -1. A history is shorter than the time for
   * which all commands are remembered.
   */
  private int find(Command command, StreamId stream) {
    List<Entry> list = list(stream);
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).command().id().equals(command.id())) {
        return i;
      }
    }
    return -1;
  }

  private long sum(StreamId stream, int entries) {
    return list(stream).stream().limit(entries).mapToLong(Entry::amount).sum();
  }

  private long amount(Command command, StreamId stream) {
    return command.amounts().get(streams.indexOf(stream));
  }

  private List<Entry> list(StreamId stream) {
    return entries.getOrDefault(stream, List.of());
  }
}
