package io.streamkeep.functions.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.lambda.MissedDeliveryRepair;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.reconcile.CommitScanner.Page;
import io.streamkeep.kernel.reconcile.CommitScanner.ScannedCommit;
import io.streamkeep.kernel.reconcile.Cursors;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.reconcile.Reconciler;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore.Checkpoint;
import io.streamkeep.kernel.reconcile.ScanCycle;
import io.streamkeep.kernel.reconcile.ScanCycle.SeenMarker;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Publisher;
import io.streamkeep.kernel.subscription.PublishingSubscriber;
import io.streamkeep.kernel.subscription.Subscriber;
import io.streamkeep.testkit.function.FakeContext;
import io.streamkeep.testkit.function.SampleCommits;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Slices of the reconciler on stores in memory. */
final class ReconciliationTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);
  private static final Instant OLD = NOW.minus(Duration.ofHours(1));
  private static final StreamId STREAM = new StreamId("order", "o-1");
  private static final String NAME = "outbound";

  private final InMemoryEventStore events = new InMemoryEventStore();
  private final InMemoryViewStore cursors = new InMemoryViewStore();
  private final Checkpoints checkpoints = new Checkpoints();
  private final List<ParkedPosition> sent = new ArrayList<>();
  private final List<Long> published = new ArrayList<>();

  private boolean unavailable;

  private final class Numbers implements Publisher {

    @Override
    public void publish(Commit commit) {
      if (unavailable) {
        throw new IllegalStateException("The queue is not available");
      }
      published.add(commit.number());
    }
  }

  private static final class Checkpoints implements ScanCheckpointStore {

    private @Nullable Checkpoint stored;
    private boolean superseded;

    @Override
    public Checkpoint find(Instant now) {
      return stored == null ? new Checkpoint(ScanCycle.first(now), 0) : stored;
    }

    @Override
    public boolean put(Checkpoint before, ScanCycle next) {
      if (!superseded) {
        stored = new Checkpoint(next, before.writes() + 1);
      }
      return !superseded;
    }
  }

  /** One page with the commits of the stream. */
  private Page page(@Nullable String position) {
    List<ScannedCommit> found =
        events.load(STREAM).commits().stream()
            .map(
                commit ->
                    new ScannedCommit(
                        STREAM, commit.number(), commit.time(), "p" + commit.number()))
            .toList();
    return new Page(position == null ? found : List.of(), 1, null);
  }

  private Map<String, Cursor> cursorsOf(StreamId stream) {
    StoredCursor cursor = cursors.find(NAME, stream);
    return Map.of(NAME, new Cursor(cursor.commit(), cursor.parked()));
  }

  /** Runs a slice and returns its log line. */
  private JsonObject run() {
    List<Subscriber> subscribers =
        List.of(new PublishingSubscriber<>(NAME, new Numbers(), cursors, events));
    Cursors compared = this::cursorsOf;
    Reconciliation reconciliation =
        new Reconciliation(
            checkpoints,
            new Reconciler(this::page, () -> "marker", compared, subscribers, CLOCK, 40),
            new MissedDeliveryRepair(new LoggingDispatcher(subscribers, sent::add, CLOCK)),
            new ExpiredParking(cursors, cursors, sent::add, List.of(NAME)),
            CLOCK);
    LogLine line = FakeContext.line(LogEvent.RECONCILIATION, CLOCK);
    reconciliation.run(NOW.plusSeconds(60), line);
    return line.json();
  }

  /** Else nothing would find it again once its message was dead. */
  @Test
  void missedDeliveryThatCantBeRepairedIsSentOnAndParked() {
    SampleCommits.append(events, STREAM, OLD, 2);
    unavailable = true;

    run();

    assertThat(sent).extracting(ParkedPosition::subscriber).containsExactly(NAME);
    assertThat(cursors.parked())
        .singleElement()
        .satisfies(parked -> assertThat(parked.reason()).contains("IllegalStateException"));
  }

  @Test
  void missedCommitsAreRepairedAndTheCycleEnds() {
    SampleCommits.append(events, STREAM, OLD, 2);

    JsonObject line = run();

    assertThat(published).containsExactly(1L, 2L);
    assertThat(line.getInt("missed")).isOne();
    assertThat(line.getInt("commits")).isEqualTo(2);
    assertThat(line.getInt("foreign")).isOne();
    assertThat(line.getString("outcome")).isEqualTo("cycle-ended");
    assertThat(checkpoints.find(NOW).cycle().previous()).isEqualTo(NOW);
    assertThat(run().getInt("missed")).isZero();
  }

  @Test
  void restWritesNothing() {
    SeenMarker seen = new SeenMarker("marker", NOW.minus(Duration.ofHours(2)));
    Checkpoint resting =
        new Checkpoint(new ScanCycle(NOW, NOW.minus(Duration.ofHours(1)), null, seen), 7);
    checkpoints.stored = resting;
    SampleCommits.append(events, STREAM, OLD, 1);

    assertThat(run().getString("outcome")).isEqualTo("resting");

    assertThat(checkpoints.stored).isEqualTo(resting);
    assertThat(published).isEmpty();
  }

  @Test
  void anotherSliceMaySupersedeThisOne() {
    checkpoints.superseded = true;

    assertThat(run().getString("outcome")).isEqualTo("superseded");
  }

  private ParkedPosition park(Instant lastAttempt) {
    ParkedPosition position = new ParkedPosition(NAME, STREAM, 1, Metadata.NONE);
    cursors.park(position, "reason", lastAttempt);
    return position;
  }

  @Test
  void parkedSubscriberIsLeftToRedelivery() {
    SampleCommits.append(events, STREAM, OLD, 1);
    park(NOW.minus(Duration.ofDays(14)));

    assertThat(run().getInt("missed")).isZero();

    assertThat(sent).isEmpty();
  }

  @Test
  void expiredMessageIsSentAgainOnce() {
    ParkedPosition position = park(NOW.minus(Duration.ofDays(16)));

    assertThat(run().getInt("resent")).isOne();
    assertThat(run().getInt("resent")).isZero();

    assertThat(sent).containsExactly(position);
  }
}
