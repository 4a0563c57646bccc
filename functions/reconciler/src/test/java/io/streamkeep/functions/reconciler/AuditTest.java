package io.streamkeep.functions.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.reconcile.CursorAudit;
import io.streamkeep.kernel.reconcile.CursorScanner.Page;
import io.streamkeep.kernel.reconcile.CursorScanner.ScannedCursor;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore;
import io.streamkeep.kernel.reconcile.ScanCycle;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PublishingSubscriber;
import io.streamkeep.kernel.subscription.Subscriber;
import io.streamkeep.testkit.function.FakeContext;
import io.streamkeep.testkit.function.SampleCommits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class AuditTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final String NAME = "outbound";
  private static final StreamId AHEAD = new StreamId("order", "o-1");
  private static final StreamId SOUND = new StreamId("order", "o-2");

  private final FakeClock clock = new FakeClock(NOW);
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore cursors = new InMemoryViewStore();
  private final List<ParkedPosition> sent = new ArrayList<>();
  private final List<Subscriber> subscribers =
      List.of(new PublishingSubscriber<>(NAME, commit -> {}, cursors, events));
  private final Audit audit =
      new Audit(
          new Checkpoints(),
          new CursorAudit(this::page, events, subscribers, clock),
          new LoggingDispatcher(subscribers, sent::add, clock),
          clock);
  private int pages;

  private static final class Checkpoints implements ScanCheckpointStore {

    private @Nullable Checkpoint stored;

    @Override
    public Checkpoint find(Instant now) {
      return stored == null ? new Checkpoint(ScanCycle.first(now), 0) : stored;
    }

    @Override
    public boolean put(Checkpoint before, ScanCycle next) {
      stored = new Checkpoint(next, before.writes() + 1);
      return true;
    }
  }

  /** Two pages with a cursor each, of which each takes six seconds. */
  private Page page(@Nullable String position) {
    clock.advance(Duration.ofSeconds(6).toNanos());
    pages++;
    StreamId stream = position == null ? SOUND : AHEAD;
    return new Page(
        List.of(new ScannedCursor(NAME, stream, cursors.find(NAME, stream))),
        position == null ? "second" : null);
  }

  /** Both streams have two commits. */
  private void advance(StreamId stream, long commit) {
    SampleCommits.append(events, stream, NOW, 2);
    cursors.advance(NAME, stream, cursors.find(NAME, stream), commit);
  }

  private void run() {
    audit.run(clock.instant().plusSeconds(20), FakeContext.line(LogEvent.RECONCILIATION, clock));
  }

  @Test
  void cursorAheadOfAnIdleStreamIsParkedOnce() {
    advance(SOUND, 2);
    advance(AHEAD, 5);

    run();
    clock.advance(Audit.INTERVAL.toNanos());
    run();

    assertThat(pages).isEqualTo(4);
    assertThat(sent).extracting(ParkedPosition::stream).containsExactly(AHEAD);
    assertThat(cursors.parked())
        .singleElement()
        .satisfies(parked -> assertThat(parked.reason()).contains("ahead of its stream"));
  }

  @Test
  void auditIsRepeatedAfterAWeek() {
    run();
    run();
    clock.advance(Audit.INTERVAL.minusSeconds(7).toNanos());
    run();
    assertThat(pages).isEqualTo(2);

    clock.advance(Duration.ofSeconds(7).toNanos());
    run();
    assertThat(pages).isEqualTo(4);
  }

  @Test
  void auditContinuesInTheNextInvocation() {
    audit.run(clock.instant().plusSeconds(12), FakeContext.line(LogEvent.RECONCILIATION, clock));
    assertThat(pages).isOne();

    run();
    assertThat(pages).isEqualTo(2);
    run();
    assertThat(pages).isEqualTo(2);
  }

  @Test
  void auditWaits_whenTheSliceTookAllTheTime() {
    audit.run(clock.instant().plusSeconds(10), FakeContext.line(LogEvent.RECONCILIATION, clock));

    assertThat(pages).isZero();
  }
}
