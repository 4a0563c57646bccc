package io.streamkeep.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.Aggregate;
import io.streamkeep.kernel.Change;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Decision;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Outcome;
import io.streamkeep.kernel.Participant;
import io.streamkeep.kernel.Request;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.Transactor;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How those who write to several streams at once keep out of each other's way. */
final class CrowdTest {

  private static final int WRITERS = 16;
  private static final int COMMANDS = 100;
  private static final int STREAMS = 10;
  private static final Counter COUNTER = new Counter();
  private static final Aggregate<Counter.Added, Long> AGGREGATE =
      new Aggregate<>(COUNTER, COUNTER, null);

  private final AtomicInteger lostInARow = new AtomicInteger();
  private final ConcurrentLinkedQueue<Outcome<?>> failed = new ConcurrentLinkedQueue<>();

  /** Without contention a command is two loads and an append; with a random wait it was 6.5. */
  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 1000000", "4, 1000000"})
  void sixteenWritersOnPairsOfTenStreamsTakeFewRequests(long seed, long warmBytes) {
    Simulation simulation = new Simulation(seed);
    EventStore store = simulation.away(new InMemoryEventStore());

    simulation.run(
        IntStream.range(0, WRITERS)
            .<Runnable>mapToObj(
                w ->
                    () ->
                        write(
                            new Transactor(
                                store,
                                InstantSource.fixed(Instant.EPOCH),
                                simulation,
                                Duration.ZERO,
                                warmBytes),
                            w,
                            new Random(seed * WRITERS + w)))
            .toList());

    assertThat(failed).isEmpty();
    assertThat((double) simulation.requests() / (WRITERS * COMMANDS)).isBetween(2.5, 4.5);
    assertThat(lostInARow).hasValueLessThan(19);
  }

  private void write(Transactor transactor, int writer, Random random) {
    for (int i = 0; i < COMMANDS; i++) {
      int first = random.nextInt(STREAMS);
      int second = (first + 1 + random.nextInt(STREAMS - 1)) % STREAMS;
      CommandId id = new CommandId("w" + writer + "c" + i);
      AtomicInteger lost = new AtomicInteger();
      Participant<Counter.Added, Long> minus = participant(first);
      Participant<Counter.Added, Long> plus = participant(second);
      Outcome<?> outcome =
          transactor.handle(
              List.of(minus, plus),
              new Request<>(
                  id, new Fingerprint("f"), n -> true, Instant.MAX, Metadata.NONE, "move"),
              states ->
                  new Decision.Accepted<>(
                      List.of(
                          Change.of(minus, new Counter.Added(-1)),
                          Change.of(plus, new Counter.Added(1)))),
              incident -> lost.incrementAndGet());
      if (!(outcome instanceof Outcome.Done)) {
        failed.add(outcome);
      }
      lostInARow.accumulateAndGet(lost.get(), Math::max);
    }
  }

  private static Participant<Counter.Added, Long> participant(int number) {
    return new Participant<>(new StreamId("counter", "" + number), AGGREGATE);
  }
}
