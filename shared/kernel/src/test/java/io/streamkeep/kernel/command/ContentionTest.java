package io.streamkeep.kernel.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.fixture.Counter;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.StreamId;
import java.time.Duration;
import java.time.Instant;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers that compete for streams without pause, in virtual time. */
final class ContentionTest {

  private static final Duration TIME_TO_ANSWER = Duration.ofSeconds(20);
  private static final Duration WRITE_TIME = Duration.ofSeconds(2);
  private static final Aggregate<Counter.Added, Long> AGGREGATE =
      Counter.aggregate(new Counter.States());

  private static final Workload ONE_STREAM = random -> List.of(1);

  private static final Workload PAIRS_OF_TEN_STREAMS =
      random -> {
        int first = random.nextInt(10);
        return List.of(first, (first + 1 + random.nextInt(9)) % 10);
      };

  /** A writer's behaviour from one command to the next. */
  private interface Workload {

    /** The streams of the next command. */
    List<Integer> streams(Random random);

    /** The pause before a writer's n-th command, in round trips. */
    @SuppressWarnings("UnusedVariable") // overriding workloads read them
    default double pause(int command, Simulation simulation) {
      return 0;
    }
  }

  /**
   * The effort of a race.
   *
   * @param requests per command, loads included
   * @param mostAttempts the maximum number of attempts of a command
   * @param time relative to the time that an undisturbed writer needs for all commands
   * @param latency the latency of commands, in round trips
   * @param givenUp the number of commands that ran into their deadline
   */
  private record Effort(
      double requests,
      int mostAttempts,
      double time,
      DoubleSummaryStatistics latency,
      int givenUp) {}

  private static Effort race(long seed, int writers, int commandsEach, Workload workload) {
    Simulation simulation = new Simulation(seed);
    EventStore store = new InMemoryEventStore();
    AtomicInteger mostAttempts = new AtomicInteger();
    DoubleSummaryStatistics latency = new DoubleSummaryStatistics();
    AtomicInteger givenUp = new AtomicInteger();
    simulation.run(
        IntStream.range(0, writers)
            .<Runnable>mapToObj(
                writer ->
                    () -> {
                      Random random = new Random(seed * writers + writer);
                      CommandExecutor executor = executor(simulation, store);
                      for (int i = 0; i < commandsEach; i++) {
                        simulation.sleep(
                            (long) (workload.pause(i, simulation) * Simulation.ROUND_TRIP));
                        long start = simulation.nanoTime();
                        List<Integer> streams = workload.streams(random);
                        int attempts = write(executor, simulation, streams, writer + "-" + i);
                        mostAttempts.accumulateAndGet(attempts, Math::max);
                        givenUp.addAndGet(attempts == 0 ? 1 : 0);
                        latency.accept((simulation.nanoTime() - start) / Simulation.ROUND_TRIP);
                      }
                    })
            .toList());
    int commands = writers * commandsEach;
    return new Effort(
        simulation.requests() / (double) commands,
        mostAttempts.get(),
        simulation.nanoTime() / (commands * Simulation.ROUND_TRIP),
        latency,
        givenUp.get());
  }

  private static List<Effort> races(int seeds, int writers, int commandsEach, Workload workload) {
    return LongStream.rangeClosed(1, seeds)
        .mapToObj(seed -> race(seed, writers, commandsEach, workload))
        .toList();
  }

  private static double average(List<Effort> efforts, ToDoubleFunction<Effort> figure) {
    return efforts.stream().mapToDouble(figure).average().orElseThrow();
  }

  private static CommandExecutor executor(Simulation simulation, EventStore store) {
    return new OptimisticCommandExecutor(
        simulation.remote(store), simulation, simulation, WRITE_TIME, 1_000_000);
  }

  /** Adds one to each stream; returns how many attempts that took, or 0 at the deadline. */
  private static int write(
      CommandExecutor executor, Simulation simulation, List<Integer> streams, String id) {
    AtomicInteger attempts = new AtomicInteger(1);
    List<StreamRef<Counter.Added, Long>> refs = streams.stream().map(ContentionTest::ref).toList();
    Instant deadline = simulation.instant().plus(TIME_TO_ANSWER);
    CommandEnvelope<String> envelope =
        new CommandEnvelope<>(
            new CommandId(id),
            new Fingerprint("f"),
            commit -> true,
            deadline,
            Metadata.NONE,
            "add");
    Outcome<StreamStates> outcome =
        executor.handle(
            List.copyOf(refs),
            envelope,
            states ->
                new Decision.Accepted<>(
                    refs.stream()
                        .<StreamChange<?>>map(ref -> StreamChange.of(ref, new Counter.Added(1)))
                        .toList()),
            loss -> attempts.incrementAndGet());
    if (outcome instanceof Outcome.RetriesExhausted) {
      assertThat(simulation.instant()).isAfterOrEqualTo(deadline.minus(WRITE_TIME));
      return 0;
    }
    assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    return attempts.get();
  }

  private static StreamRef<Counter.Added, Long> ref(int number) {
    return new StreamRef<>(new StreamId("counter", "" + number), AGGREGATE);
  }

  private static void assertAllCompleted(List<Effort> efforts) {
    assertThat(efforts).allSatisfy(effort -> assertThat(effort.givenUp()).isZero());
  }

  /** The figures that the documents quote. */
  @Test
  void eightWritersWithoutPauseNeedFewRequestsAndAllComplete() {
    List<Effort> efforts = races(30, 8, 50, ONE_STREAM);

    assertAllCompleted(efforts);
    assertThat(efforts).allSatisfy(effort -> assertThat(effort.requests()).isLessThan(2));
    assertThat(efforts)
        .allSatisfy(effort -> assertThat(effort.mostAttempts()).isLessThanOrEqualTo(21));
    assertThat(average(efforts, Effort::requests)).isBetween(1.45, 1.55);
    assertThat(average(efforts, Effort::time)).isBetween(1.1, 1.2);
  }

  @Test
  void writersThatNeverStopLetEachOtherThroughBeforeTheDeadline() {
    List<Effort> efforts = races(5, 8, 1000, ONE_STREAM);

    assertAllCompleted(efforts);
    assertThat(average(efforts, Effort::requests)).isLessThan(1.5);
  }

  @Test
  void writersThatMeetOccasionallyHardlyWait() {
    Workload occasional =
        new Workload() {
          @Override
          public List<Integer> streams(Random random) {
            return List.of(1);
          }

          @Override
          public double pause(int command, Simulation simulation) {
            return -16 * Math.log(1 - simulation.random());
          }
        };
    List<Effort> efforts = races(10, 8, 50, occasional);

    assertThat(average(efforts, Effort::requests)).isLessThan(4.5);
    assertThat(average(efforts, effort -> effort.latency().getAverage())).isLessThan(7);
  }

  @Test
  void writersThatArriveAllAtOnceHardlyWait() {
    Workload bursts =
        new Workload() {
          @Override
          public List<Integer> streams(Random random) {
            return List.of(1);
          }

          @Override
          public double pause(int command, Simulation simulation) {
            return Math.max(0, 100 * command - simulation.nanoTime() / Simulation.ROUND_TRIP);
          }
        };
    List<Effort> efforts = races(10, 8, 50, bursts);

    assertThat(average(efforts, Effort::requests)).isLessThan(6);
    assertThat(average(efforts, effort -> effort.latency().getAverage())).isLessThan(10);
  }

  @Test
  void loneWriterNeedsOneRequestACommandAndNeverWaits() {
    Effort effort = race(1, 1, 400, ONE_STREAM);

    assertThat(effort.requests()).isEqualTo(401 / 400.0);
    assertThat(effort.mostAttempts()).isEqualTo(1);
    assertThat(effort.time()).isLessThan(1.05);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void twoOrThreeWritersHardlyDisturbEachOther(int writers) {
    List<Effort> efforts = races(10, writers, 50, ONE_STREAM);

    assertAllCompleted(efforts);
    assertThat(average(efforts, Effort::requests)).isLessThan(1.5);
    assertThat(average(efforts, Effort::time)).isLessThan(1.3);
  }

  @Test
  void sixteenWritersOnPairsOfTenStreamsGetThrough() {
    List<Effort> efforts = races(5, 16, 100, PAIRS_OF_TEN_STREAMS);

    assertAllCompleted(efforts);
    assertThat(average(efforts, Effort::requests)).isLessThan(8);
  }
}
