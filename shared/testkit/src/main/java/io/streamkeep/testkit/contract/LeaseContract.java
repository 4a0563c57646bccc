package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.lease.Lease;
import io.streamkeep.kernel.store.EventStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The contract of a lease on every event store. A store's test extends this and supplies it. */
public abstract class LeaseContract {

  private final String name = UUID.randomUUID().toString();

  /** The store under test. */
  protected abstract EventStore store();

  private LeaseHolder holder(String holder) {
    return new LeaseHolder(holder, name, store());
  }

  private int commits(String counter) {
    return store().load(LeaseHolder.counter(name, counter).stream()).commits().size();
  }

  @Test
  void tokenIsTheNumberOfTheLeasesCommit() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    assertThat(anna.acquire("a")).isEqualTo("done, 1");
    assertThat(anna.after(5).renew("b")).isEqualTo("done, 2");
    assertThat(anna.release("c")).isEqualTo("done, 3");
    assertThat(ben.acquire("d")).isEqualTo("done, 4");
  }

  @Test
  void commandUnderALeaseIsOneRequestThatChecksTheLease() {
    LeaseHolder anna = holder("anna");
    anna.acquire("a");
    assertThat(anna.add("b", 1)).isEqualTo("done, 1");
    assertThat(anna.calls()).containsExactly("load counter", "append 1, check 1");

    assertThat(anna.add("c", 1)).isEqualTo("done, 2");
    assertThat(anna.calls()).containsExactly("append 1, check 1");
  }

  /** The holder's clock stops too, so the holder can't notice. */
  @Test
  void holderCannotWrite_whenPausedPastItsLease() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    anna.acquire("a");
    assertThat(anna.add("b", 1)).isEqualTo("done, 1");
    assertThat(anna.move("c", 1)).isEqualTo("done, 2");
    assertThat(ben.after(10).acquire("d")).isEqualTo("done, 2");

    assertThat(anna.add("e", 1)).isEqualTo("lease-lost");
    assertThat(anna.calls()).contains("append 1, check 1").doesNotContain("append 2, check 0");
    assertThat(anna.move("f", 1)).isEqualTo("lease-lost");
    assertThat(commits("here")).isEqualTo(2);
    assertThat(commits("there")).isEqualTo(1);
    assertThat(ben.add("g", 1)).isEqualTo("done, 3");
    assertThat(ben.move("h", 1)).isEqualTo("done, 4");
  }

  @Test
  void holderCannotWrite_whenPausedBetweenDecisionAndWrite() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    anna.acquire("a");
    anna.pausedWhile(() -> assertThat(ben.after(10).acquire("b")).isEqualTo("done, 2"));

    assertThat(anna.add("c", 1)).isEqualTo("lease-lost");
    assertThat(commits("here")).isZero();

    ben.pausedWhile(() -> assertThat(anna.after(20).acquire("d")).isEqualTo("done, 3"));
    assertThat(ben.move("e", 1)).isEqualTo("lease-lost");
    assertThat(commits("here")).isZero();
    assertThat(commits("there")).isZero();
    assertThat(anna.move("f", 1)).isEqualTo("done, 1");
  }

  /** The holder's own clock shows the expiry. */
  @Test
  void expiredHolderMustRenewBeforeItWrites() {
    LeaseHolder anna = holder("anna");
    anna.acquire("a");

    assertThat(anna.after(10).add("b", 1)).isEqualTo("lease-ended");
    assertThat(commits("here")).isZero();
    assertThat(anna.renew("c")).isEqualTo("done, 2");
    assertThat(anna.add("d", 1)).isEqualTo("done, 1");
  }

  @Test
  void rejectionDecidedOnACachedLeaseIsNotReturned() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    anna.acquire("a");
    anna.add("b", 1);
    assertThat(ben.after(10).acquire("c")).isEqualTo("done, 2");
    ben.token(3);
    assertThat(ben.add("d", 1)).isEqualTo("lease-lost");
    anna.token(2);
    assertThat(anna.renew("e")).isEqualTo("done, 3");

    assertThat(ben.add("f", 1)).isEqualTo("done, 2");
  }

  @Test
  void oldTokenIsVoid_onceThereIsANewerOne() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    anna.acquire("a");
    long old = anna.token();
    anna.after(5).renew("b");
    assertThat(ben.after(16).acquire("c")).isEqualTo("done, 3");

    assertThat(anna.renew("d")).isEqualTo("lease-lost");
    assertThat(anna.release("e")).isEqualTo("lease-lost");
    anna.token(old);
    assertThat(anna.release("f")).isEqualTo("lease-lost");
    assertThat(anna.add("g", 1)).isEqualTo("lease-lost");
    assertThat(ben.add("h", 1)).isEqualTo("done, 1");
  }

  @Test
  void releasedLeaseIsNoLongerHeld() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    anna.acquire("a");
    anna.release("b");

    assertThat(anna.add("c", 1)).isEqualTo("lease-lost");
    assertThat(ben.acquire("d")).isEqualTo("done, 3");
  }

  @Test
  void repeatHasTheOutcomeOfTheFirstAttempt() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    assertThat(anna.acquire("a")).isEqualTo("done, 1");
    assertThat(anna.acquire("a")).isEqualTo("done, 1");
    assertThat(anna.add("b", 1)).isEqualTo("done, 1");
    ben.after(10).acquire("c");

    assertThat(anna.add("b", 1)).isEqualTo("done, 1");
    assertThat(anna.acquire("a")).isEqualTo("done, 1");
    assertThat(anna.add("d", 1)).isEqualTo("lease-lost");
    assertThat(commits("here")).isEqualTo(1);
  }

  /** A process with a fast clock acquires the lease too early, which interrupts its holder. */
  @Test
  void fastClockInterruptsTheHolderButNeverAdmitsTwo() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    anna.acquire("a");
    assertThat(ben.after(9).acquire("b")).isEqualTo("lease-held");
    assertThat(ben.after(60).acquire("c")).isEqualTo("done, 2");

    assertThat(anna.after(1).add("d", 1)).isEqualTo("lease-lost");
    assertThat(ben.add("e", 1)).isEqualTo("done, 1");
  }

  /** A holder with a slow clock continues until another acquires the lease. */
  @Test
  void slowClockKeepsTheLeaseUntilAnotherAcquiresIt() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    anna.acquire("a");
    assertThat(anna.add("b", 1)).isEqualTo("done, 1");
    ben.after(10).acquire("c");

    assertThat(anna.add("d", 1)).isEqualTo("lease-lost");
  }

  @Test
  void exactlyOneOfManyConcurrentRequestsAcquiresTheLease() throws Exception {
    int holders = 8;
    CyclicBarrier start = new CyclicBarrier(holders);
    List<Callable<String>> requests =
        IntStream.range(0, holders)
            .<Callable<String>>mapToObj(
                i ->
                    () -> {
                      LeaseHolder holder = holder("h" + i);
                      start.await(30, TimeUnit.SECONDS);
                      return holder.acquire("acquire-" + i);
                    })
            .toList();
    List<String> outcomes = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(holders)) {
      for (Future<String> one : threads.invokeAll(requests)) {
        outcomes.add(one.get());
      }
    }
    assertThat(outcomes).containsOnlyOnce("done, 1").contains("lease-held");
    assertThat(outcomes).filteredOn("lease-held"::equals).hasSize(holders - 1);
    assertThat(store().load(Lease.stream(name)).commits()).hasSize(1);
  }

  /** A lease may be renewed indefinitely. */
  @Test
  void frequentlyRenewedLeaseIsLoadedFromASnapshot() {
    LeaseHolder anna = holder("anna");
    LeaseHolder ben = holder("ben");
    anna.acquire("a");
    for (int i = 0; i < 40; i++) {
      anna.after(5).renew("renew-" + i);
    }

    assertThat(store().load(Lease.stream(name), EventStore.NEWEST, s -> true).base()).isNotNull();
    ben.token(anna.token());
    assertThat(ben.add("b", 1)).isEqualTo("done, 1");
  }
}
