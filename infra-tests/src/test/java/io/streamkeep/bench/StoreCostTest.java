package io.streamkeep.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.kernel.command.AttemptEvent;
import io.streamkeep.kernel.command.Outcome;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.RecentCommands;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.store.SharedTables;
import io.streamkeep.testkit.cost.Cost;
import io.streamkeep.testkit.cost.CostMeter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** The cost of commands, with the metadata of a signed and traced request beside the events. */
@Tag("slow")
final class StoreCostTest {

  private static final AggregateModule<List<String>, String, Long> MODULE =
      BenchAggregate.module("bench", 0);
  private static final EventCodec<String> EVENTS = MODULE.aggregate().events();

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private static Tables tables() {
    return TABLES.tables();
  }

  private final CostMeter meter = tables().meter();
  private StreamId stream = new StreamId("bench", "of no test");
  private final List<AttemptEvent> incidents = new ArrayList<>();
  private final Sleeper pause = new NoWait();

  /** Commands are a minute apart, unless a test says otherwise. */
  private final FakeClock clock = new FakeClock(Instant.parse("2026-03-01T10:15:30Z"));

  private Duration apart = Duration.ofMinutes(1);

  /**
   * Fixed, and so are the commands' ids: two bytes of their hashes are remembered, and a command
   * whose bytes are those of an earlier one, one in 655 of a quiet stream, costs a further read.
   */
  @BeforeEach
  void nameStream(TestInfo test) {
    stream = new StreamId("bench", test.getTestMethod().orElseThrow().getName() + "-2");
  }

  private CommandClient<List<String>, String, Long> client(
      long cacheBytes, ExecutionInterceptor... more) {
    List<ExecutionInterceptor> all = new ArrayList<>(List.of(more));
    all.add(meter);
    return client(MODULE, cacheBytes, all.toArray(ExecutionInterceptor[]::new));
  }

  private CommandClient<List<String>, String, Long> client(
      AggregateModule<List<String>, String, Long> module,
      long cacheBytes,
      ExecutionInterceptor... interceptors) {
    return new CommandClient<>(tables().client(interceptors), cacheBytes, module, clock, pause);
  }

  private static List<String> small(int number) {
    return BenchAggregate.command(number, 1, 120);
  }

  /** Five events of 300 bytes, whose notes can't be compressed by more than base64 wastes. */
  private static List<String> incompressible(int number) {
    Random random = new Random(number);
    return Stream.generate(
            () ->
                "{\"sku\":\"%d\",\"note\":\"%s\"}"
                    .formatted(
                        random.nextInt(20_000, 30_000), noise(random, 300).substring(0, 275)))
        .limit(5)
        .toList();
  }

  private static String noise(Random random, int bytes) {
    byte[] noise = new byte[bytes];
    random.nextBytes(noise);
    return Base64.getEncoder().encodeToString(noise);
  }

  private Cost costOf(
      CommandClient<List<String>, String, Long> client, int number, List<String> command) {
    clock.advance(apart.toNanos());
    Cost before = meter.cost();
    Outcome<Long> outcome =
        client.handle(stream, CommandClient.id(stream, number), command, incidents::add);
    assertThat(outcome).isInstanceOf(Outcome.Completed.class);
    return meter.cost().minus(before);
  }

  /** The costs of the commands from one number to another, in order. */
  private List<Cost> costs(
      CommandClient<List<String>, String, Long> client,
      int first,
      int last,
      IntFunction<List<String>> commands) {
    List<Cost> costs = new ArrayList<>();
    for (int number = first; number <= last; number++) {
      costs.add(costOf(client, number, commands.apply(number)));
    }
    return costs;
  }

  private static double average(List<Cost> costs, ToDoubleFunction<Cost> of) {
    return costs.stream().mapToDouble(of).average().orElseThrow();
  }

  @Test
  void warmCommandCostsOneRequestAndOneWriteUnitIncludingSnapshots() {
    CommandClient<List<String>, String, Long> warm = client(CommandClient.WARM);
    costOf(warm, 1, small(1));

    assertThat(costs(warm, 2, 300, StoreCostTest::small))
        .allSatisfy(
            cost -> {
              assertThat(cost.requests()).isOne();
              assertThat(cost.writeUnits()).isOne();
              assertThat(cost.readUnits()).isZero();
            });
  }

  /** All commands of the last 15 minutes are remembered, in each snapshot. */
  @Test
  void commandOfABusyStreamCostsLessThanTwoWriteUnits() {
    apart = Duration.ofMillis(100);
    CommandClient<List<String>, String, Long> warm = client(CommandClient.WARM);
    costs(warm, 1, 800, StoreCostTest::small);

    List<Cost> costs = costs(warm, 801, 1000, StoreCostTest::small);
    assertThat(average(costs, Cost::requests)).isLessThan(1.05);
    assertThat(average(costs, Cost::writeUnits)).isBetween(1.2, 1.5);

    Cost cold = costOf(client(CommandClient.COLD), 1001, small(1001));
    assertThat(cold.requests()).isEqualTo(2);
    assertThat(cold.readUnits()).isLessThanOrEqualTo(2);
  }

  @Test
  void coldCommandCostsTwoRequestsAndOneReadUnit() {
    List<Cost> costs = costs(client(CommandClient.COLD), 1, 20, StoreCostTest::small);

    assertThat(costs).allSatisfy(cost -> assertThat(cost.requests()).isEqualTo(2));
    assertThat(average(costs, Cost::readUnits)).isLessThanOrEqualTo(1.5).isEqualTo(1);
    assertThat(average(costs, Cost::writeUnits)).isEqualTo(1);
  }

  @Test
  void fiveReadableEventsOf300BytesCostOneOrTwoWriteUnits() {
    List<Cost> costs =
        costs(client(CommandClient.WARM), 1, 200, n -> BenchAggregate.command(n, 5, 300));

    assertThat(costs).allSatisfy(cost -> assertThat(cost.writeUnits()).isBetween(1L, 2L));
    assertThat(average(costs, Cost::writeUnits)).as("snapshots included").isLessThan(1.3);
  }

  @Test
  void fiveIncompressibleEventsCostAtMostTwoWriteUnits() {
    List<Cost> costs = costs(client(CommandClient.WARM), 1, 200, StoreCostTest::incompressible);

    assertThat(costs).allSatisfy(cost -> assertThat(cost.writeUnits()).isLessThanOrEqualTo(2));
  }

  @Test
  @Tag("long")
  void commandCostDoesNotDependOnTheLengthOfTheStream() {
    CommandClient<List<String>, String, Long> cold = client(CommandClient.COLD);
    costs(cold, 1, 9, StoreCostTest::small);
    List<Cost> early = costs(cold, 10, 20, StoreCostTest::small);
    CommandClient<List<String>, String, Long> unmetered =
        new CommandClient<>(tables().plain(), CommandClient.WARM, MODULE, clock, pause);
    costs(unmetered, 21, 1989, StoreCostTest::small);
    List<Cost> late = costs(cold, 1990, 2000, StoreCostTest::small);

    assertThat(late).extracting(Cost::requests).isEqualTo(each(early, Cost::requests));
    assertThat(late).extracting(Cost::readUnits).isEqualTo(each(early, Cost::readUnits));
    assertThat(late).extracting(Cost::writeUnits).isEqualTo(each(early, Cost::writeUnits));
    assertThat(average(late, Cost::bytesWritten))
        .as("a snapshot grows by two bytes for each of the last 100 commands")
        .isLessThan(1.2 * average(early, Cost::bytesWritten));
  }

  private static <T> List<T> each(List<Cost> costs, Function<Cost, T> of) {
    return costs.stream().map(of).toList();
  }

  @Test
  @Tag("long")
  void streamOfAMillionEventsIsLoadedByOneRequestOfAFewReadUnits() {
    appendAMillionEvents();
    costs(client(CommandClient.WARM), 1, 60, StoreCostTest::small);

    Cost load = costOf(client(CommandClient.COLD), 61, List.of());

    assertThat(load.requests()).isOne();
    assertThat(load.readUnits()).isLessThanOrEqualTo(4);
    assertThat(load.writeUnits()).isZero();
  }

  /** Appends commits of many events, with snapshots when they are due. */
  private void appendAMillionEvents() {
    int commits = 100;
    int each = 10_000;
    RecordedEvent event = EVENTS.encode("{}");
    List<RecordedEvent> events = Collections.nCopies(each, event);
    EventStore store = new DynamoEventStore(tables().plain(), Tables.EVENTS);
    Head head = store.load(stream).head();
    for (int i = 1; i <= commits; i++) {
      CommandId id = new CommandId("fixture-" + i);
      NewCommit newCommit =
          new NewCommit(
              events,
              Instant.EPOCH,
              id,
              CommandClient.fingerprint(id),
              Metadata.NONE,
              StoreCostTest::counted);
      Appended appended = (Appended) store.append(head, newCommit);
      head = appended.commits().getFirst().head();
    }
    assertThat(((Appended) store.append(head, last())).commits().getFirst().commit().version())
        .isEqualTo(1_000_001);
  }

  private static Optional<Snapshot> counted(Commit commit) {
    StateCodec<Long> codec = requireNonNull(MODULE.aggregate().states());
    return Optional.of(
        new Snapshot(
            codec.schema(), codec.encode(commit.version()), RecentCommands.of(new byte[0])));
  }

  private static NewCommit last() {
    CommandId id = new CommandId("fixture-last");
    return new NewCommit(
        List.of(EVENTS.encode("{}")),
        Instant.EPOCH,
        id,
        CommandClient.fingerprint(id),
        Metadata.NONE,
        StoreCostTest::counted);
  }

  @Test
  void snapshotTooLargeForAnItemIsLeftOutOfTheCommit() {
    CommandClient<List<String>, String, Long> large =
        client(withLargeState(), CommandClient.WARM, meter);

    List<Cost> costs = costs(large, 1, 40, StoreCostTest::small);

    assertThat(incidents)
        .contains(AttemptEvent.SNAPSHOT_LEFT_OUT)
        .containsOnly(incidents.getFirst());
    assertThat(costs.subList(1, 40))
        .allSatisfy(
            cost -> {
              assertThat(cost.requests()).isOne();
              assertThat(cost.writeUnits()).isOne();
            });
    assertThat(new DynamoEventStore(tables().plain(), Tables.EVENTS).load(stream).commits())
        .hasSize(40);
  }

  private static AggregateModule<List<String>, String, Long> withLargeState() {
    String large = "{\"noise\":\"" + noise(new Random(1), 500_000) + "\"}";
    return AggregateModule.of(
            "bench",
            MODULE.decider(),
            EVENTS,
            new StateCodec<>() {
              @Override
              public int schema() {
                return 1;
              }

              @Override
              public String encode(Long count) {
                return large;
              }

              @Override
              public Long decode(String data) {
                throw new AssertionError("No such state was ever written");
              }
            })
        .build();
  }

  @Test
  void conflictCostsOneFurtherRequest() {
    Cost without = costOf(client(CommandClient.COLD), 1, small(1));
    CommandClient<List<String>, String, Long> other =
        new CommandClient<>(tables().plain(), CommandClient.WARM, MODULE);
    Runnable winner =
        () -> other.handle(stream, CommandClient.id(stream, 2), small(2), incident -> {});

    Cost with = costOf(client(CommandClient.COLD, new BeforeFirstPut(winner)), 3, small(3));

    assertThat(incidents).containsExactly(AttemptEvent.CONFLICT);
    assertThat(with.requests()).isEqualTo(without.requests() + 1);
    assertThat(with.writeUnits()).isEqualTo(without.writeUnits() + 1);
    assertThat(with.readUnits()).isEqualTo(without.readUnits());
  }

  @Test
  void oldCachedStreamIsRetriedOnTheWinner() {
    CommandClient<List<String>, String, Long> warm = client(CommandClient.WARM);
    costOf(warm, 1, small(1));
    costOf(client(CommandClient.COLD), 2, small(2));

    Cost cost = costOf(warm, 3, small(3));

    assertThat(incidents).containsExactly(AttemptEvent.CONFLICT);
    assertThat(cost.requests()).as("two attempts, without a load").isEqualTo(2);
    assertThat(cost.writeUnits()).isEqualTo(2);
    assertThat(cost.readUnits()).isZero();
  }

  /** Waits that take no time. */
  private static final class NoWait implements Sleeper {

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public void sleep(long nanos) {}

    @Override
    public double random() {
      return 0;
    }
  }

  /** Runs something once before the first PutItem is sent. */
  private static final class BeforeFirstPut implements ExecutionInterceptor {

    private @Nullable Runnable once;

    BeforeFirstPut(Runnable once) {
      this.once = once;
    }

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      Runnable now = once;
      if (now != null && context.request() instanceof PutItemRequest) {
        once = null;
        now.run();
      }
    }
  }
}
