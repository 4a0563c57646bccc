package io.streamkeep.functions.operations;

import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pages of parked positions, by subscriber and stream.
 *
 * @param subscribers all names, in order
 */
record ParkedQuery(ParkedReader reader, List<String> subscribers) {

  /** The position at which a page ended. */
  record PageEnd(String subscriber, StreamId stream) {

    static PageEnd of(Parked last) {
      return new PageEnd(last.position().subscriber(), last.position().stream());
    }
  }

  /**
   * A page of a selection.
   *
   * @param after the end of the previous page, or null for the first page
   * @param limit the maximum number of results
   */
  List<Parked> page(Selection selection, @Nullable PageEnd after, int limit) {
    StreamId stream = selection.stream();
    if (stream != null) {
      return reader.parked(stream).stream()
          .filter(parked -> selection.has(parked.position().subscriber(), stream))
          .filter(parked -> after == null || follows(parked.position().subscriber(), after))
          .limit(limit)
          .toList();
    }
    List<Parked> page = new ArrayList<>();
    for (String subscriber : subscribers) {
      boolean selected =
          selection.subscriber() == null || selection.subscriber().equals(subscriber);
      if (selected && page.size() < limit) {
        page.addAll(parked(subscriber, after, limit - page.size()));
      }
    }
    return page;
  }

  private List<Parked> parked(String subscriber, @Nullable PageEnd after, int limit) {
    if (after == null || follows(subscriber, after)) {
      return reader.parked(subscriber, null, limit);
    }
    return subscriber.equals(after.subscriber())
        ? reader.parked(subscriber, after.stream(), limit)
        : List.of();
  }

  private static boolean follows(String subscriber, PageEnd after) {
    return subscriber.compareTo(after.subscriber()) > 0;
  }
}
