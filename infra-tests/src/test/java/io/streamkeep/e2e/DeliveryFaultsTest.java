package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.FeedCheck;
import io.streamkeep.e2e.support.LocalBackend;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.faults.ServiceCall;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** However the stream is delivered, the views end up equal to a fold of the event table. */
@Tag("slow")
final class DeliveryFaultsTest {

  private static final int ORDERS = 30;
  private static final int PARTITIONS = 4;

  /** Runs without the reconciler, which would repair what delivery misses. */
  @RegisterExtension
  static final LocalCloudExtension CLOUD =
      new LocalCloudExtension(cloud -> cloud.prewarm(false).schedules(false));

  /** Number of the stream's consumers. */
  private static final int CONSUMERS = 2;

  @Test
  void views_equalFold_whenEveryRecordIsDuplicated() {
    AtomicInteger delivered = new AtomicInteger();
    Faults twice =
        new Faults() {
          @Override
          public List<JsonObject> streamRecords(
              String function, String shard, List<JsonObject> records) {
            List<JsonObject> duplicated = new ArrayList<>(records);
            duplicated.addAll(records);
            delivered.addAndGet(duplicated.size());
            return duplicated;
          }
        };

    run(CLOUD.cloud(), twice);

    assertThat(delivered).hasValue(2 * CONSUMERS * commits());
  }

  /** Holds records back and releases them in any order, even those of one order. */
  @Test
  void views_equalFold_whenRecordsAreShuffled() {
    Random random = new Random(20260301);
    Map<String, List<JsonObject>> heldFor = new HashMap<>();
    AtomicInteger polls = new AtomicInteger();
    Faults shuffled =
        new Faults() {
          @Override
          public synchronized List<JsonObject> streamRecords(
              String function, String shard, List<JsonObject> records) {
            List<JsonObject> held = heldFor.computeIfAbsent(function, f -> new ArrayList<>());
            held.addAll(records);
            Collections.shuffle(held, random);
            boolean last = records.isEmpty() && polls.incrementAndGet() % 10 == 0;
            List<JsonObject> out = held.subList(0, last ? held.size() : held.size() / 3);
            List<JsonObject> now = List.copyOf(out);
            out.clear();
            return now;
          }
        };

    run(CLOUD.cloud(), shuffled);
  }

  /** Kills before and after the effect of a write, each time in the middle of a batch. */
  @ParameterizedTest
  @CsvSource({"PutItem, 37", "TransactWriteItems, 18"})
  void views_equalFold_whenEnvironmentsAreKilledMidBatch(String write, int every) {
    LambdaFunction projection = CLOUD.cloud().function("ProjectionFunction");
    AtomicInteger writes = new AtomicInteger();
    AtomicInteger kills = new AtomicInteger();
    Faults killing =
        new Faults() {
          @Override
          public void call(ServiceCall call, Phase phase) {
            if (call.function().equals("ProjectionFunction")
                && call.operation().equals("DynamoDB." + write)
                && writes.incrementAndGet() % every == 0) {
              kills.incrementAndGet();
              projection.kill();
            }
          }
        };

    run(CLOUD.cloud(), killing);

    assertThat(kills.get()).isGreaterThan(2);
  }

  /**
   * Injects every fault of a schedule except drops, which take the reconciler to heal. Faults that
   * cost an environment are bounded; otherwise the run has no upper bound. Clocks can jump only in
   * a local cloud that starts so.
   */
  @Test
  @Tag("long")
  void views_equalFold_underAllFaultsTogether() throws IOException {
    FaultSchedule all =
        FaultSchedule.parse(
            "duplicate=0.1,delay=0.1:by=300ms,reorder=0.3,split=1/3:max=2,rollover=1/2,"
                + "kill-before@ProjectionFunction=1/35:max=2,"
                + "kill-after@ProjectionFunction=1/29:max=2,"
                + "throttle@ViewsTable@ProjectionFunction=1/17,"
                + "timeout@ProjectionFunction=1/67:by=1s:max=1,"
                + "clock-jump@ProjectionFunction=1/5,seed=5");

    try (LocalCloud moving =
        LocalCloud.of(LocalCloudExtension.TEMPLATE)
            .faults(all)
            .schedules(false)
            .log(System.out::println)
            .start()) {
      run(moving, all);
    }

    assertThat(all.injected().values()).as(all.figures()).allMatch(count -> count > 0);
  }

  /** Places orders under faults; when this returns, none of their commits is in flight. */
  private static void run(LocalCloud cloud, Faults faults) {
    Backend backend = new LocalBackend(cloud);
    ViewsCheck check = new ViewsCheck(backend);
    int before = check.streams().size();
    cloud.faults(faults);
    Api api = Api.of(backend);
    for (int i = 0; i < ORDERS; i++) {
      String path = "/orders/" + api.sell("customer-" + i % 5);
      api.post(path + "/returns", "{\"lines\":[{\"line\":1,\"quantity\":1}]}");
    }
    check.awaitViews(before + ORDERS);
    new FeedCheck(backend, PARTITIONS).awaitComplete();
    cloud.faults(Faults.NONE);
  }

  private static int commits() {
    return 4 * ORDERS;
  }
}
