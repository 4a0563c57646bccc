package io.streamkeep.functions.operations;

import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Parked;
import io.streamkeep.kernel.subscription.ParkedPosition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is parked, by subscriber and stream.
 *
 * @param subscribers all names, in order
 */
record ParkedQuery(DynamoViewStore rows, List<String> subscribers) {

  /** Where a page ended. */
  record Position(String subscriber, StreamId stream) {

    static Position of(Parked parked) {
      return of(parked.pointer());
    }

    static Position of(ParkedPosition pointer) {
      return new Position(pointer.subscriber(), pointer.stream());
    }
  }

  /** At most {@code limit} of the selection, those after a position (null = from the first). */
  List<Parked> page(Selection selection, @Nullable Position after, int limit) {
    List<Parked> page = new ArrayList<>();
    StreamId stream = selection.stream();
    if (stream != null) {
      rows.parked(stream).stream()
          .filter(one -> selection.has(one.pointer().subscriber(), stream))
          .filter(one -> after == null || follows(one.pointer().subscriber(), after))
          .forEach(page::add);
      return page.subList(0, Math.min(limit, page.size()));
    }
    for (String subscriber : subscribers) {
      boolean wanted = selection.subscriber() == null || selection.subscriber().equals(subscriber);
      if (wanted && page.size() < limit) {
        page.addAll(parked(subscriber, after, limit - page.size()));
      }
    }
    return page;
  }

  private List<Parked> parked(String subscriber, @Nullable Position after, int limit) {
    if (after == null || follows(subscriber, after)) {
      return rows.parked(subscriber, null, limit);
    }
    return subscriber.equals(after.subscriber())
        ? rows.parked(subscriber, after.stream(), limit)
        : List.of();
  }

  private static boolean follows(String subscriber, Position after) {
    return subscriber.compareTo(after.subscriber()) > 0;
  }
}
