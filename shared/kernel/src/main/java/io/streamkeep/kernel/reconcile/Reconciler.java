package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.reconcile.CommitScanner.Page;
import io.streamkeep.kernel.reconcile.CommitScanner.ScannedCommit;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Subscriber;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares the newest commits of streams with the cursors of their subscribers, and reports missed
 * deliveries for repair. Parked subscribers are left to redelivery. A slice that fails is repeated
 * from its beginning, which does nothing where a repair succeeded.
 */
public final class Reconciler {

  private final CommitScanner commits;
  private final ChangeMarker marker;
  private final Cursors cursors;
  private final List<Subscriber> subscribers;
  private final InstantSource clock;
  private final int maxPages;

  /**
   * Compares the cursors of some subscribers.
   *
   * @param maxPages read in one slice
   */
  public Reconciler(
      CommitScanner commits,
      ChangeMarker marker,
      Cursors cursors,
      List<Subscriber> subscribers,
      InstantSource clock,
      int maxPages) {
    this.commits = commits;
    this.marker = marker;
    this.cursors = cursors;
    this.subscribers = List.copyOf(subscribers);
    this.clock = clock;
    this.maxPages = maxPages;
  }

  /**
   * The result of a slice.
   *
   * @param next the start of the next slice
   * @param state how far the cycle is
   * @param commits the number of scanned commits
   * @param foreign the number of items that belong to no stream
   * @param compared the number of comparisons of a stream with its cursors
   * @param missed the number of pairs of subscriber and stream that were behind
   */
  public record Slice(
      ScanCycle next, State state, int pages, int commits, int foreign, int compared, int missed) {

    /** The state of a cycle after a slice. */
    public enum State {
      /** Its next slice continues it. */
      SCANNING,
      /** This was its last slice. */
      ENDED,
      /** It has not begun, because nothing has changed. */
      RESTING
    }

    private static Slice of(ScanCycle cycle, State state) {
      return new Slice(cycle, state, 0, 0, 0, 0, 0);
    }

    public boolean ended() {
      return state == State.ENDED;
    }

    public boolean resting() {
      return state == State.RESTING;
    }

    private Slice read(Page page) {
      int all = commits + page.commits().size();
      return new Slice(next, state, pages + 1, all, foreign + page.foreign(), compared, missed);
    }

    private Slice compared(int behind) {
      return new Slice(next, state, pages, commits, foreign, compared + 1, missed + behind);
    }

    private Slice done(String position) {
      return new Slice(next.at(position), state, pages, commits, foreign, compared, missed);
    }

    private Slice ended(Instant now) {
      return new Slice(next.next(now), State.ENDED, pages, commits, foreign, compared, missed);
    }
  }

  /**
   * Continues a cycle, or begins it unless it may rest.
   *
   * @param end the approximate time to stop, if there are pages until then
   * @param repair delivers what was missed; an exception fails the slice
   */
  public Slice slice(ScanCycle cycle, Instant end, Consumer<MissedDelivery> repair) {
    Instant now = clock.instant();
    if (cycle.position() != null) {
      return scan(cycle, now, end, repair);
    }
    String current = marker.current();
    return cycle.mayRest(current, now)
        ? Slice.of(cycle, Slice.State.RESTING)
        : scan(cycle.begin(current, now), now, end, repair);
  }

  private Slice scan(ScanCycle cycle, Instant now, Instant end, Consumer<MissedDelivery> repair) {
    Slice slice = Slice.of(cycle, Slice.State.SCANNING);
    while (!slice.ended() && slice.pages() < maxPages && clock.instant().isBefore(end)) {
      Page page = commits.after(slice.next().position());
      slice = slice.read(page);
      for (StreamSegment segment : StreamSegment.of(page.commits(), now)) {
        if (!clock.instant().isBefore(end)) {
          return slice;
        }
        slice = compare(segment, slice, repair).done(segment.end());
      }
      String next = page.next();
      slice = next == null ? slice.ended(clock.instant()) : slice.done(next);
    }
    return slice;
  }

  private Slice compare(StreamSegment segment, Slice slice, Consumer<MissedDelivery> repair) {
    ScannedCommit head = segment.toCompare(slice.next());
    if (head == null) {
      return slice;
    }
    List<Subscriber> handling =
        subscribers.stream().filter(subscriber -> subscriber.handles(head.stream())).toList();
    if (handling.isEmpty()) {
      return slice;
    }
    List<ParkedPosition> behind = behind(head, handling);
    if (!behind.isEmpty()) {
      repair.accept(new MissedDelivery(head.stream(), head.number(), behind));
    }
    return slice.compared(behind.size());
  }

  private List<ParkedPosition> behind(ScannedCommit head, List<Subscriber> handling) {
    Map<String, Cursor> stored = cursors.of(head.stream());
    List<ParkedPosition> behind = new ArrayList<>();
    for (Subscriber subscriber : handling) {
      Cursor cursor = stored.getOrDefault(subscriber.name(), Cursor.START);
      if (!cursor.parked() && cursor.commit() < head.number()) {
        long first = cursor.commit() + 1;
        behind.add(new ParkedPosition(subscriber.name(), head.stream(), first, Metadata.NONE));
      }
    }
    return behind;
  }
}
