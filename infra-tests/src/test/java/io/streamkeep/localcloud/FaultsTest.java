package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.streamkeep.localcloud.faults.BadFaultException;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.faults.ServiceCall;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls are counted by function, and faults can cut them off before or after their effect. */
@Tag("slow")
class FaultsTest {
  private final AtomicReference<Faults.@Nullable Phase> killAt = new AtomicReference<>();
  private final AtomicReference<Faults.@Nullable Phase> cutAt = new AtomicReference<>();
  private LocalCloud cloud;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    Probes probes = new Probes(folder);
    AtomicReference<@Nullable LocalCloud> started = new AtomicReference<>();
    Faults killer =
        new Faults() {
          @Override
          public void call(ServiceCall call, Phase phase) {
            if (call.function().equals("Fn") && phase == cutAt.get()) {
              throw new IllegalStateException("cut");
            }
            if (call.function().equals("Fn") && phase == killAt.get()) {
              Objects.requireNonNull(started.get()).function("Fn").kill();
            }
          }
        };
    cloud =
        LocalCloud.of(
                probes.template(Probes.table(), probes.function("Fn"), probes.function("Other")))
            .faults(killer)
            .start();
    started.set(cloud);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private boolean invoke(String function, String event) throws InterruptedException {
    return !cloud.function(function).invoke(event, "").failed();
  }

  private int items() {
    return cloud.dynamoDb().scan(s -> s.tableName(cloud.tableName("Table"))).count();
  }

  @Test
  void callsAreCountedByFunction() throws Exception {
    assertThat(invoke("Fn", "do:put a")).isTrue();
    assertThat(invoke("Fn", "do:put b")).isTrue();
    assertThat(invoke("Other", "do:put c")).isTrue();
    assertThat(cloud.calls().of("Fn")).isEqualTo(Map.of("DynamoDB.PutItem", 2L));
    assertThat(cloud.calls().count("Other", "DynamoDB.PutItem")).isEqualTo(1);
    cloud.calls().reset();
    assertThat(cloud.calls().of("Fn")).isEmpty();
  }

  @Test
  void callHasNoEffect_whenTheFunctionIsKilledBeforeIt() throws Exception {
    killAt.set(Faults.Phase.BEFORE);
    assertThat(invoke("Fn", "do:put a")).isFalse();
    killAt.set(null);
    assertThat(cloud.function("Fn").environments()).isEmpty();
    assertThat(items()).isZero();
  }

  @Test
  void callIsCutOff_whenTheFaultThrows() throws Exception {
    cutAt.set(Faults.Phase.BEFORE);
    assertThat(invoke("Fn", "do:put a")).isFalse();
    assertThat(items()).isZero();
    cutAt.set(Faults.Phase.AFTER);
    assertThat(invoke("Fn", "do:put a")).isFalse();
    assertThat(items()).isEqualTo(1);
    assertThat(cloud.function("Fn").environments()).hasSize(1);
  }

  @Test
  void callHasItsEffect_whenTheFunctionIsKilledAfterIt() throws Exception {
    killAt.set(Faults.Phase.AFTER);
    assertThat(invoke("Fn", "do:put a")).isFalse();
    killAt.set(null);
    assertThat(items()).isEqualTo(1);
    assertThat(invoke("Fn", "do:put b")).isTrue();
    assertThat(items()).isEqualTo(2);
  }

  @Test
  void faultsAreReplacedWhileItRuns() throws Exception {
    cutAt.set(Faults.Phase.BEFORE);
    assertThat(invoke("Fn", "do:put a")).isFalse();
    cloud.faults(Faults.NONE);
    assertThat(invoke("Fn", "do:put a")).isTrue();
    cloud.faults(FaultSchedule.parse("throttle@Fn=1"));
    assertThat(cloud.function("Fn").invoke("do:put b", "").payload()).startsWith("put 400");
  }

  @Test
  void clockJumpsAreRefused_whenClocksCouldNotJumpAtTheStart() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> cloud.faults(FaultSchedule.parse("clock-jump=1")));
    assertThatExceptionOfType(BadFaultException.class)
        .isThrownBy(() -> cloud.faults(FaultSchedule.parse("drop@Nobody=1")));
  }
}
