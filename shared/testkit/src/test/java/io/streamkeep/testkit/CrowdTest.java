package io.streamkeep.testkit;

import io.streamkeep.kernel.command.CommandEnvelope;
import io.streamkeep.kernel.command.OptimisticCommandExecutor;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.StreamChange;
import io.streamkeep.kernel.command.StreamRef;
import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendResult.Conflict;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.contract.Counter;
import io.streamkeep.testkit.contract.StreamContract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How those who write to several streams at once keep out of each other's way. */
final class CrowdTest {

  private static final int WRITERS = 16;
  private static final int COMMANDS = 100;
  private static final int STREAMS = 10;
  private static final int TRIES = 20;
  private static final double ROUND_TRIP = 4e6;
  private static final Counter COUNTER = new Counter();
  private static final Aggregate<Counter.Added, Long> AGGREGATE =
      new Aggregate<>(COUNTER, COUNTER, null);

  private final AtomicInteger gaveUp = new AtomicInteger();
  private final AtomicInteger lostInARow = new AtomicInteger();
  private final ConcurrentLinkedQueue<Outcome<?>> failed = new ConcurrentLinkedQueue<>();

  /** What a writer does, from one command to the next. */
  private interface Writer {
    void write(Simulation simulation, EventStore store, int writer, Random random);
  }

  /** How many requests a command takes. */
  private static double race(long seed, Writer each) {
    Simulation simulation = new Simulation(seed);
    EventStore store = simulation.away(new InMemoryEventStore());
    simulation.run(
        IntStream.range(0, WRITERS)
            .<Runnable>mapToObj(
                w -> () -> each.write(simulation, store, w, new Random(seed * WRITERS + w)))
            .toList());
    return (double) simulation.requests() / (WRITERS * COMMANDS);
  }

  /** Without contention a command is two loads and an append. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1000000", "4, 1000000"})
  void sixteenWritersOnPairsOfTenStreamsTakeFewRequests(long seed, long warmBytes) {
    double requests =
        race(
            seed,
            (simulation, store, writer, random) ->
                write(
                    new OptimisticCommandExecutor(
                        store,
                        InstantSource.fixed(Instant.EPOCH),
                        simulation,
                        Duration.ZERO,
                        warmBytes),
                    writer,
                    random));

    assertThat(failed).isEmpty();
    assertThat(requests).isBetween(2.5, 4.5);
    assertThat(lostInARow).hasValueLessThan(15);
  }

  /** Why who comes new stands back: with waits by chance alone one in thirty gives up. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void withWaitsAloneSomeGiveUp(long seed) {
    race(
        seed,
        (simulation, store, writer, random) -> wait(simulation, store, writer, random, false));

    assertThat(gaveUp.get()).isGreaterThan(WRITERS * COMMANDS / 30);
  }

  /** And if they load what they write to anew each time, they take twice the requests. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void withWaitsAndLooksTheyTakeMoreRequests(long seed) {
    double requests =
        race(
            seed,
            (simulation, store, writer, random) -> wait(simulation, store, writer, random, true));

    assertThat(requests).isBetween(7.5, 7.8);
  }

  /** For up to two round trips more after each loss; then on from the winners, or from a look. */
  private void wait(
      Simulation simulation, EventStore store, int writer, Random random, boolean look) {
    for (int i = 0; i < COMMANDS; i++) {
      Map<StreamId, Head> heads = new LinkedHashMap<>();
      pair(random).forEach(number -> heads.put(stream(number), store.load(stream(number)).head()));
      NewCommit proposal = StreamContract.proposal("w" + writer + "c" + i, 10);
      int lost = 0;
      while (lost < TRIES
          && store.append(writes(heads, proposal), List.of()) instanceof Conflict(var moved)) {
        moved.forEach(one -> heads.put(one.winner().stream(), one.head()));
        lost++;
        simulation.sleep((long) (simulation.random() * 2 * lost * ROUND_TRIP));
        if (look) {
          heads.replaceAll((stream, old) -> store.load(stream).head());
        }
      }
      if (lost == TRIES) {
        gaveUp.incrementAndGet();
      }
    }
  }

  private static List<StreamAppend> writes(Map<StreamId, Head> heads, NewCommit proposal) {
    return heads.values().stream().map(head -> new StreamAppend(head, proposal)).toList();
  }

  private static List<Integer> pair(Random random) {
    int first = random.nextInt(STREAMS);
    return List.of(first, (first + 1 + random.nextInt(STREAMS - 1)) % STREAMS);
  }

  private void write(OptimisticCommandExecutor transactor, int writer, Random random) {
    for (int i = 0; i < COMMANDS; i++) {
      List<Integer> pair = pair(random);
      CommandId id = new CommandId("w" + writer + "c" + i);
      AtomicInteger lost = new AtomicInteger();
      StreamRef<Counter.Added, Long> minus = participant(pair.getFirst());
      StreamRef<Counter.Added, Long> plus = participant(pair.getLast());
      Outcome<?> outcome =
          transactor.handle(
              List.of(minus, plus),
              new CommandEnvelope<>(
                  id, new Fingerprint("f"), n -> true, Instant.MAX, Metadata.NONE, "move"),
              states ->
                  new Decision.Accepted<>(
                      List.of(
                          StreamChange.of(minus, new Counter.Added(-1)),
                          StreamChange.of(plus, new Counter.Added(1)))),
              incident -> lost.incrementAndGet());
      if (!(outcome instanceof Outcome.Completed)) {
        failed.add(outcome);
      }
      lostInARow.accumulateAndGet(lost.get(), Math::max);
    }
  }

  private static StreamRef<Counter.Added, Long> participant(int number) {
    return new StreamRef<>(stream(number), AGGREGATE);
  }

  private static StreamId stream(int number) {
    return new StreamId("counter", "" + number);
  }
}
