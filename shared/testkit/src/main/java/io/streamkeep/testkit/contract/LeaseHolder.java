package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandExecutor;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.StreamChange;
import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection;
import io.streamkeep.kernel.lease.FencedCommandExecutor;
import io.streamkeep.kernel.lease.Lease;
import io.streamkeep.kernel.lease.LeaseCommand;
import io.streamkeep.kernel.lease.LeaseDecider;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.ForwardingEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A process that acquires a lease and writes under it, with its own cache and clock. */
final class LeaseHolder {

  private static final Instant START = Instant.parse("2026-03-01T10:15:30Z");
  private static final Duration TTL = Duration.ofSeconds(10);
  private static final Counter COUNTER = new Counter();
  private static final Aggregate<Counter.Added, Long> COUNTERS =
      new Aggregate<>(COUNTER, COUNTER, null);

  private final FakeClock clock = new FakeClock(START);
  private final String holder;
  private final String lease;
  private final StreamRef<Counter.Added, Long> here;
  private final StreamRef<Counter.Added, Long> there;
  private final List<String> calls = new ArrayList<>();
  private final OptimisticCommandExecutor executor;
  private Instant now = START;
  private long token;
  private Runnable pause = () -> {};

  LeaseHolder(String holder, String lease, EventStore store) {
    this.holder = holder;
    this.lease = lease;
    this.here = counter(lease, "here");
    this.there = counter(lease, "there");
    this.executor =
        new OptimisticCommandExecutor(observed(store), clock, clock, Duration.ZERO, 100_000);
  }

  static StreamRef<Counter.Added, Long> counter(String lease, String which) {
    return new StreamRef<>(new StreamId("counter", lease + which), COUNTERS);
  }

  private EventStore observed(EventStore store) {
    return new ForwardingEventStore(store) {
      @Override
      public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
        calls.add("load " + stream.category());
        return super.load(stream, upTo, usable);
      }

      @Override
      public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
        Runnable meanwhile = pause;
        pause = () -> {};
        meanwhile.run();
        calls.add("append " + writes.size() + ", check " + unchanged.size());
        return super.append(writes, unchanged);
      }
    };
  }

  /** Pauses the process after its next decision and before the append; runs {@code meanwhile}. */
  void pausedWhile(Runnable meanwhile) {
    pause = meanwhile;
  }

  /** The store's calls since the last command under the lease began. */
  List<String> calls() {
    return calls;
  }

  long token() {
    return token;
  }

  void token(long other) {
    token = other;
  }

  /** Advances the clock of this process. */
  LeaseHolder after(int seconds) {
    now = now.plusSeconds(seconds);
    return this;
  }

  String acquire(String id) {
    return execute(id, new LeaseCommand.Acquire(holder, TTL, now));
  }

  String renew(String id) {
    return execute(id, new LeaseCommand.Renew(token, TTL, now));
  }

  String release(String id) {
    return execute(id, new LeaseCommand.Release(token));
  }

  private String execute(String id, LeaseCommand command) {
    Outcome<Lease> outcome =
        new CommandHandler<>(executor, new LeaseDecider(), Lease.AGGREGATE)
            .handle(Lease.stream(lease), envelope(id, command), event -> {});
    if (outcome instanceof Outcome.Completed<Lease>(Lease held, long commit)) {
      assertThat(held.commit()).isEqualTo(commit);
      token = commit;
    }
    return describe(outcome);
  }

  private CommandExecutor fenced() {
    calls.clear();
    return new FencedCommandExecutor(executor, () -> now, lease, token);
  }

  /** A command on one stream. */
  String add(String id, long amount) {
    return describe(
        new CommandHandler<>(fenced(), COUNTER, COUNTERS)
            .handle(here.stream(), envelope(id, new Counter.Add(amount)), event -> {}));
  }

  /** A command on two streams. */
  String move(String id, long amount) {
    return describe(
        fenced()
            .handle(
                List.of(here, there),
                envelope(id, "move"),
                states ->
                    new Decision.Accepted<>(
                        List.of(
                            StreamChange.of(here, new Counter.Added(-amount)),
                            StreamChange.of(there, new Counter.Added(amount)))),
                event -> {}));
  }

  private <C> CommandEnvelope<C> envelope(String id, C command) {
    return new CommandEnvelope<>(
        new CommandId(id),
        new Fingerprint(id),
        commit -> true,
        clock.instant().plusSeconds(10),
        Metadata.NONE,
        command);
  }

  private static String describe(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Completed<?> completed -> "done, " + completed.commit();
      case Outcome.Rejected<?>(Rejection rejection) -> rejection.code();
      case Outcome<?> other -> other.toString();
    };
  }
}
