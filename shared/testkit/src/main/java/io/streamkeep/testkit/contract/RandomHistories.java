package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.StreamChange;
import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.command.StreamStates;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.ThrottledException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Random histories: some environments, with and without a cache, carry out commands on one or both
 * of two counters while they race, repeat each other's commands, are throttled, conflict with a
 * transaction or find their own in progress, and crash before or after a write. Every outcome and
 * the stored commits must be those of a {@link CounterModel}.
 */
final class RandomHistories {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final int ENVIRONMENTS = 3;

  private final FakeClock clock = new FakeClock(NOW);
  private final Random random;
  private final EventStore store;
  private final List<StreamId> streams;
  private final CounterModel model;
  private final List<OptimisticCommandExecutor> environments;
  private final Counter counter = new Counter();
  private final Aggregate<Counter.Added, Long> aggregate =
      new Aggregate<>(counter, counter, new CounterState());
  private final List<Command> sent = new ArrayList<>();

  private @Nullable Fault next;
  private boolean racing;

  private RandomHistories(long seed, EventStore store, String name) {
    this.random = new Random(seed);
    this.store = store;
    this.streams =
        List.of(new StreamId("counter", name + "-a"), new StreamId("counter", name + "-b"));
    this.model = new CounterModel(streams);
    this.environments =
        IntStream.range(0, ENVIRONMENTS)
            .mapToObj(i -> environment(i == 0 ? 0 : random.nextInt(20_000)))
            .toList();
  }

  private OptimisticCommandExecutor environment(int cacheBytes) {
    return new OptimisticCommandExecutor(new Faulty(), clock, clock, Duration.ZERO, cacheBytes);
  }

  /** Runs one history; a failure names its seed. */
  static void run(long seed, EventStore store, String name, int commands) {
    RandomHistories history = new RandomHistories(seed, store, name + "-" + seed);
    try {
      for (int i = 0; i < commands; i++) {
        history.step();
      }
      history.check();
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("The history of seed " + seed + " failed", e);
    }
  }

  /**
   * A command to send.
   *
   * @param amounts added to each counter
   * @param commit the required number of the first counter's newest commit, or -1 for any
   */
  record Command(String id, List<Long> amounts, long commit) {

    Fingerprint fingerprint() {
      return new Fingerprint(amounts.toString());
    }
  }

  private enum Fault {
    THROTTLED,
    TRANSACTION_CONFLICT,
    /** The transaction is in progress, and then succeeds. */
    IN_PROGRESS,
    CRASH_BEFORE,
    CRASH_AFTER,
    RACE
  }

  private void step() {
    boolean repeat = !sent.isEmpty() && random.nextInt(5) == 0;
    Command command = repeat ? repeated() : fresh();
    sent.add(command);
    next = random.nextInt(3) == 0 ? Fault.values()[random.nextInt(Fault.values().length)] : null;
    carryOut(command);
    next = null;
  }

  private Command repeated() {
    Command old = sent.get(random.nextInt(sent.size()));
    return random.nextInt(6) == 0 ? new Command(old.id(), List.of(7L, 0L), -1) : old;
  }

  private Command fresh() {
    long amount = random.nextInt(-20, 40);
    List<Long> amounts =
        switch (random.nextInt(4)) {
          case 0 -> List.of(-amount, amount);
          case 1 -> List.of(0L, amount);
          default -> List.of(amount, 0L);
        };
    long newest = model.commit(streams.getFirst());
    long commit = random.nextInt(6) == 0 ? Math.max(0, newest - random.nextInt(2)) : -1;
    return new Command("c" + sent.size(), amounts, commit);
  }

  private void carryOut(Command command) {
    OptimisticCommandExecutor environment = environments.get(random.nextInt(ENVIRONMENTS));
    try {
      Outcome<List<Long>> outcome = handle(environment, command);
      assertThat(outcome).as(command.toString()).isEqualTo(model.carryOut(command));
    } catch (CrashException e) {
      if (e.written) {
        model.carryOut(command);
      }
    } catch (ThrottledException e) {
      // nothing was written
    }
  }

  private Outcome<List<Long>> handle(OptimisticCommandExecutor environment, Command command) {
    List<StreamRef<Counter.Added, Long>> counters =
        streams.stream()
            .filter(stream -> model.concerns(command, stream))
            .map(stream -> new StreamRef<>(stream, aggregate))
            .toList();
    CommandEnvelope<Command> envelope =
        new CommandEnvelope<>(
            new CommandId(command.id()),
            command.fingerprint(),
            commit -> command.commit() < 0 || commit == command.commit(),
            clock.instant().plusSeconds(10),
            Metadata.NONE,
            command);
    return environment
        .handle(
            List.copyOf(counters), envelope, states -> decide(command, counters, states), i -> {})
        .map(states -> counters.stream().map(states::of).toList());
  }

  private Decision<StreamChange<?>> decide(
      Command command, List<StreamRef<Counter.Added, Long>> counters, StreamStates states) {
    List<StreamChange<?>> changes = new ArrayList<>();
    for (StreamRef<Counter.Added, Long> each : counters) {
      long amount = command.amounts().get(streams.indexOf(each.stream()));
      switch (counter.decide(new Counter.Add(amount), states.of(each))) {
        case Decision.Rejected<Counter.Added>(Rejection rejection) -> {
          return new Decision.Rejected<>(rejection);
        }
        case Decision.Accepted<Counter.Added>(List<Counter.Added> events)
            when events.isEmpty() -> {}
        case Decision.Accepted<Counter.Added>(List<Counter.Added> events) ->
            changes.add(new StreamChange<>(each, events));
      }
    }
    return new Decision.Accepted<>(changes);
  }

  private void check() {
    for (StreamId stream : streams) {
      List<Commit> commits = store.load(stream).commits();
      assertThat(commits)
          .extracting(commit -> commit.command().value() + ":" + commit.events().getFirst().data())
          .isEqualTo(model.entries(stream));
      assertThat(commits)
          .extracting(Commit::number)
          .isEqualTo(IntStream.rangeClosed(1, commits.size()).mapToObj(Long::valueOf).toList());
    }
  }

  /** The environment ended without an outcome. */
  private static final class CrashException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final boolean written;

    CrashException(boolean written) {
      this.written = written;
    }
  }

  private final class Faulty extends ForwardingEventStore {

    Faulty() {
      super(store);
    }

    @Override
    public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
      Fault fault = next;
      next = null;
      return fault == null ? super.append(writes, unchanged) : append(fault, writes, unchanged);
    }

    private AppendResult append(Fault fault, List<StreamAppend> writes, List<Head> unchanged) {
      return switch (fault) {
        case THROTTLED -> new AppendResult.Throttled();
        case TRANSACTION_CONFLICT -> new AppendResult.TransactionConflict();
        case IN_PROGRESS -> {
          AppendResult unused = super.append(writes, unchanged);
          yield new AppendResult.TransactionConflict();
        }
        case CRASH_BEFORE -> throw new CrashException(false);
        case CRASH_AFTER -> {
          AppendResult result = super.append(writes, unchanged);
          throw new CrashException(result instanceof AppendResult.Appended && !writes.isEmpty());
        }
        case RACE -> {
          race();
          yield super.append(writes, unchanged);
        }
      };
    }

    /** Lets other environments append commits first. */
    private void race() {
      if (!racing) {
        racing = true;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
          Command command = fresh();
          sent.add(command);
          carryOut(command);
        }
        racing = false;
      }
    }
  }
}
