package io.streamkeep.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.e2e.support.AggregateExamples;
import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.CommandHandler;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Executes the example commands of an aggregate in memory; each must take effect once. */
record CommandRun(
    EventStore events, OptimisticCommandExecutor cached, OptimisticCommandExecutor uncached) {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");

  CommandRun() {
    this(new InMemoryEventStore());
  }

  private CommandRun(EventStore events) {
    this(events, executor(events, 1 << 20), executor(events, 0));
  }

  private static OptimisticCommandExecutor executor(EventStore events, long cacheBytes) {
    FakeClock clock = new FakeClock(NOW);
    return new OptimisticCommandExecutor(events, clock, clock, Duration.ofSeconds(5), cacheBytes);
  }

  /** A command that took effect, and its outcome. */
  private record Effect<C, S>(C command, String id, Outcome<S> outcome) {}

  /** The commits of a new stream after the creating command and these changes. */
  <C, E, S> List<Commit> commits(
      AggregateExamples<C, E, S> examples, List<CommandOperation<C>> changes) {
    StreamId stream = new StreamId(examples.module().category(), UUID.randomUUID().toString());
    List<CommandOperation<C>> all = new ArrayList<>(List.of(examples.creation()));
    all.addAll(changes);
    List<Effect<C, S>> effects = new ArrayList<>();
    for (CommandOperation<C> operation : all) {
      C command = examples.command(operation, NOW);
      long before = events.headNumber(stream);
      Outcome<S> outcome = handle(examples, cached, stream, command, operation.operationId(), "");
      if (events.headNumber(stream) > before) {
        effects.add(new Effect<>(command, operation.operationId(), outcome));
      }
    }
    List<Commit> commits = events.load(stream).commits();
    for (Effect<C, S> effect : effects) {
      for (OptimisticCommandExecutor executor : List.of(cached, uncached)) {
        assertThat(handle(examples, executor, stream, effect.command, effect.id, ""))
            .isEqualTo(effect.outcome);
        assertThat(handle(examples, executor, stream, effect.command, effect.id, "other"))
            .isInstanceOf(Outcome.CommandIdReused.class);
      }
    }
    assertThat(events.load(stream).commits()).isEqualTo(commits);
    return commits;
  }

  private static <C, E, S> Outcome<S> handle(
      AggregateExamples<C, E, S> examples,
      OptimisticCommandExecutor executor,
      StreamId stream,
      C command,
      String id,
      String fingerprint) {
    return new CommandHandler<>(
            executor, examples.module().decider(), examples.module().aggregate())
        .handle(
            stream,
            new CommandEnvelope<>(
                new CommandId(id),
                new Fingerprint("f" + fingerprint),
                commit -> true,
                Instant.MAX,
                Metadata.NONE,
                command),
            event -> {});
  }
}
