package io.streamkeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.Aggregate;
import io.streamkeep.kernel.CommandHandler;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Outcome;
import io.streamkeep.kernel.Request;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Transactor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How those who write to one stream at once, each as soon as it is done, keep out of the way. */
final class ContentionTest {

  private static final StreamId STREAM = new StreamId("counter", "1");
  private static final double ROUND_TRIP = 4e6;

  /**
   * How it went.
   *
   * @param requests a command
   * @param mostTries of any command
   * @param time of what a lone writer would take at least
   */
  private record Result(double requests, int mostTries, double time) {}

  private static Result race(long seed, int writers, int commandsEach) {
    Simulation simulation = new Simulation(seed);
    InMemoryEventStore store = new InMemoryEventStore();
    AtomicInteger mostTries = new AtomicInteger();

    simulation.run(
        IntStream.range(0, writers)
            .<Runnable>mapToObj(
                writer -> () -> write(simulation, store, writer, commandsEach, mostTries))
            .toList());

    int commands = writers * commandsEach;
    assertThat(store.load(STREAM).commits()).hasSize(commands);
    return new Result(
        simulation.requests() / (double) commands,
        mostTries.get(),
        simulation.nanoTime() / (commands * ROUND_TRIP));
  }

  private static void write(
      Simulation simulation,
      InMemoryEventStore store,
      int writer,
      int commands,
      AtomicInteger mostTries) {
    Counter counter = new Counter();
    Transactor transactor =
        new Transactor(
            simulation.away(store),
            InstantSource.fixed(Instant.EPOCH),
            simulation,
            Duration.ZERO,
            1_000_000);
    CommandHandler<Counter.Add, Counter.Added, Long> handler =
        new CommandHandler<>(
            transactor, counter, new Aggregate<>(counter, counter, new CounterState()));
    for (int i = 0; i < commands; i++) {
      AtomicInteger tries = new AtomicInteger(1);
      Request<Counter.Add> request =
          new Request<>(
              new CommandId("w" + writer + "c" + i),
              new Fingerprint("f"),
              commit -> true,
              Instant.MAX,
              Metadata.NONE,
              new Counter.Add(i % 2 == 0 ? 1 : -1));
      assertThat(handler.handle(STREAM, request, incident -> tries.incrementAndGet()))
          .isInstanceOf(Outcome.Done.class);
      mostTries.accumulateAndGet(tries.get(), Math::max);
    }
  }

  /** 49 and 51 don't end with a turn, as 50 does. */
  @ParameterizedTest
  @ValueSource(ints = {49, 50, 51})
  void eightWritersTakeFewRequestsAndNoneIsStarved(int commandsEach) {
    List<Result> results = new ArrayList<>();
    for (long seed = 1; seed <= 30; seed++) {
      results.add(race(seed, 8, commandsEach));
    }

    assertThat(results).allSatisfy(r -> assertThat(r.requests()).isLessThan(2));
    assertThat(results).allSatisfy(r -> assertThat(r.mostTries()).isLessThanOrEqualTo(16));
    assertThat(results.stream().mapToDouble(Result::time).average().orElseThrow()).isLessThan(1.3);
  }

  @Test
  void aLoneWriterNeverWaits() {
    Result result = race(1, 1, 400);

    assertThat(result.requests()).isEqualTo(401 / 400.0);
    assertThat(result.mostTries()).isEqualTo(1);
    assertThat(result.time()).isLessThan(1.05);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void twoAndThreeGetThrough(int writers) {
    Result result = race(1, writers, 50);

    assertThat(result.requests()).isLessThan(2);
    assertThat(result.time()).isLessThan(1.5);
  }
}
