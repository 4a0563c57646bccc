package io.streamkeep.kernel.reconcile;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.reconcile.CommitScanner.Found;
import io.streamkeep.kernel.reconcile.CommitScanner.Page;
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
 * Compares the newest commits of streams with the cursors of their subscribers, and has repaired
 * what was missed. Who is parked is left to redelivery. A slice that fails is done again from its
 * beginning, which does nothing to what was repaired.
 */
public final class Reconciler {

  private final CommitScanner commits;
  private final Cursors cursors;
  private final List<Subscriber> subscribers;
  private final InstantSource clock;
  private final int pages;

  /**
   * Makes one.
   *
   * @param pages how many are read in a slice at the most
   */
  public Reconciler(
      CommitScanner commits,
      Cursors cursors,
      List<Subscriber> subscribers,
      InstantSource clock,
      int pages) {
    this.commits = commits;
    this.cursors = cursors;
    this.subscribers = List.copyOf(subscribers);
    this.clock = clock;
    this.pages = pages;
  }

  /**
   * What came of a slice.
   *
   * @param next where the next one begins
   * @param ended whether it was a cycle's last one
   * @param commits how many it went through
   * @param foreign how many items that are no stream's
   * @param compared how often a stream was compared with its cursors
   * @param missed pairs of subscriber and stream that were behind
   */
  public record Slice(
      ScanCycle next,
      boolean ended,
      int pages,
      int commits,
      int foreign,
      int compared,
      int missed) {

    private static Slice at(ScanCycle cycle) {
      return new Slice(cycle, false, 0, 0, 0, 0, 0);
    }

    private Slice read(Page page) {
      int all = commits + page.commits().size();
      return new Slice(next, ended, pages + 1, all, foreign + page.foreign(), compared, missed);
    }

    private Slice compared(int behind) {
      return new Slice(next, ended, pages, commits, foreign, compared + 1, missed + behind);
    }

    private Slice done(String place) {
      return new Slice(next.at(place), ended, pages, commits, foreign, compared, missed);
    }

    private Slice ended(Instant now) {
      return new Slice(next.next(now), true, pages, commits, foreign, compared, missed);
    }
  }

  /**
   * Goes on with a cycle.
   *
   * @param end about when to stop, if its pages last so long
   * @param repair delivers to those who missed something; what it throws fails the slice
   */
  public Slice slice(ScanCycle cycle, Instant end, Consumer<MissedDelivery> repair) {
    Instant now = clock.instant();
    Slice slice = Slice.at(cycle);
    while (!slice.ended() && slice.pages() < pages && clock.instant().isBefore(end)) {
      Page page = commits.after(slice.next().place());
      slice = slice.read(page);
      for (StreamSegment stretch : StreamSegment.of(page.commits(), now)) {
        if (!clock.instant().isBefore(end)) {
          return slice;
        }
        slice = compare(stretch, slice, repair).done(stretch.end());
      }
      String next = page.next();
      slice = next == null ? slice.ended(clock.instant()) : slice.done(next);
    }
    return slice;
  }

  private Slice compare(StreamSegment stretch, Slice slice, Consumer<MissedDelivery> repair) {
    Found head = stretch.toCompare(slice.next());
    if (head == null) {
      return slice;
    }
    List<Subscriber> wanting =
        subscribers.stream().filter(one -> one.handles(head.stream())).toList();
    if (wanting.isEmpty()) {
      return slice;
    }
    List<ParkedPosition> behind = behind(head, wanting);
    if (!behind.isEmpty()) {
      repair.accept(new MissedDelivery(head.stream(), head.number(), behind));
    }
    return slice.compared(behind.size());
  }

  private List<ParkedPosition> behind(Found head, List<Subscriber> wanting) {
    Map<String, Cursor> all = cursors.of(head.stream());
    List<ParkedPosition> behind = new ArrayList<>();
    for (Subscriber subscriber : wanting) {
      Cursor cursor = all.getOrDefault(subscriber.name(), Cursor.START);
      if (!cursor.parked() && cursor.commit() < head.number()) {
        long first = cursor.commit() + 1;
        behind.add(new ParkedPosition(subscriber.name(), head.stream(), first, Metadata.NONE));
      }
    }
    return behind;
  }
}
