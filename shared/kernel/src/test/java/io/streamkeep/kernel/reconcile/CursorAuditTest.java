package io.streamkeep.kernel.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.fixture.Letters;
import io.streamkeep.kernel.memory.FakeClock;
import io.streamkeep.kernel.memory.InMemoryEventStore;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.reconcile.CursorAudit.Progress;
import io.streamkeep.kernel.reconcile.CursorScanner.Page;
import io.streamkeep.kernel.reconcile.CursorScanner.ScannedCursor;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.CursorStore.Position;
import io.streamkeep.kernel.subscription.CursorStore.StoredCursor;
import io.streamkeep.kernel.subscription.PublishingSubscriber;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class CursorAuditTest {

  private static final Instant NOW = Instant.parse("2026-11-25T20:00:00Z");
  private static final StreamId STREAM = Letters.stream("a");
  private static final StreamId GONE = Letters.stream("gone");

  private final FakeClock clock = new FakeClock(NOW);
  private final InMemoryEventStore events = new InMemoryEventStore();
  private final List<List<ScannedCursor>> pages = new ArrayList<>();
  private final List<String> wrong = new ArrayList<>();
  private final CursorAudit audit =
      new CursorAudit(
          this::page,
          events,
          List.of(
              new PublishingSubscriber<>(
                  "outbound", commit -> {}, new InMemoryViewStore(), events)),
          clock);

  /** Each page takes a second. */
  private Page page(@Nullable String position) {
    int index = position == null ? 0 : Integer.parseInt(position);
    clock.advance(Duration.ofSeconds(1).toNanos());
    return new Page(
        pages.get(index), index + 1 < pages.size() ? Integer.toString(index + 1) : null);
  }

  private Progress run(@Nullable String after, Instant end) {
    return audit.run(after, end, (subscriber, cursor) -> wrong.add(cursor.stream().toString()));
  }

  private static ScannedCursor cursor(StreamId stream, long commit) {
    return new ScannedCursor("outbound", stream, new Position(commit, false));
  }

  private record Damaged() implements StoredCursor {

    @Override
    public long commit() {
      throw new UnreadableException("damaged");
    }

    @Override
    public boolean parked() {
      return false;
    }
  }

  @Test
  void cursorAheadOfItsStreamIsFound() {
    Letters.append(events, STREAM, "x");
    pages.add(List.of(cursor(STREAM, 2), cursor(GONE, 1)));

    assertThat(run(null, NOW.plusSeconds(9))).isEqualTo(new Progress(null, 1, 2, 2));

    assertThat(wrong).containsExactly(STREAM.toString(), GONE.toString());
  }

  @Test
  void damagedCursorIsFound() {
    pages.add(List.of(new ScannedCursor("outbound", STREAM, new Damaged())));

    assertThat(run(null, NOW.plusSeconds(9)).wrong()).isOne();
  }

  @Test
  void cursorAtOrBehindItsHeadIsNotReported() {
    Letters.append(events, STREAM, "x");
    Letters.append(events, STREAM, "y");
    pages.add(List.of(cursor(STREAM, 2), cursor(STREAM, 1), cursor(GONE, 0)));

    assertThat(run(null, NOW.plusSeconds(9)).wrong()).isZero();
  }

  @Test
  void cursorsOfOthersAreIgnored() {
    pages.add(List.of(new ScannedCursor("somebody", STREAM, new Position(5, false))));

    assertThat(run(null, NOW.plusSeconds(9)).wrong()).isZero();
  }

  @Test
  void auditContinuesWhereItStopped() {
    for (int i = 0; i < 3; i++) {
      pages.add(List.of(cursor(GONE, 1)));
    }

    Progress first = run(null, NOW.plusSeconds(2));
    assertThat(first).isEqualTo(new Progress("2", 2, 2, 2));
    assertThat(run(first.next(), NOW)).isEqualTo(new Progress(null, 1, 1, 1));
  }
}
