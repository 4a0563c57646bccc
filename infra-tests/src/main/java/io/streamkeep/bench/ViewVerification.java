package io.streamkeep.bench;

import static java.util.stream.Collectors.toSet;

import io.streamkeep.aws.dynamodb.views.DynamoCursors;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.reconcile.Cursors;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Compares the views table with the streams that the subscribers should have applied.
 *
 * @param rows the number expected
 * @param lost rows that are missing or behind their stream
 * @param wrong rows that differ from a fold of their stream
 */
record ViewVerification(int rows, int lost, int wrong) {

  private static final Cursor NONE = new Cursor(0, false);

  /**
   * The cursors expected of a subscriber on each stream of a category, with rows if it is a view.
   */
  record Expected(String category, String subscriber, @Nullable Projection<?, ?> view) {

    static Expected of(Projection<?, ?> view) {
      return new Expected(view.category(), view.name(), view);
    }
  }

  /** Reads all streams of the subscribers' categories and all expected rows. */
  static ViewVerification of(DynamoDbClient client, Collection<Expected> subscribers) {
    Set<String> categories = subscribers.stream().map(Expected::category).collect(toSet());
    Map<StreamId, List<Commit>> streams =
        new EventTable(client, Tables.EVENTS)
            .commits(stream -> categories.contains(stream.category()));
    ViewStore store = new DynamoViewStore(client, Tables.VIEWS);
    Cursors cursors = new DynamoCursors(client, Tables.VIEWS, Tables.FIRST_FEED);
    int rows = 0;
    int lost = 0;
    int wrong = 0;
    for (Map.Entry<StreamId, List<Commit>> stream : streams.entrySet()) {
      for (Expected each : subscribers) {
        if (each.category.equals(stream.getKey().category())) {
          StoredRow row = store.find(each.subscriber, stream.getKey());
          rows++;
          try {
            long cursor =
                each.subscriber.equals(Feed.NAME)
                    ? cursors.of(stream.getKey()).getOrDefault(Feed.NAME, NONE).commit()
                    : row.commit();
            if (cursor != stream.getValue().getLast().number()) {
              lost++;
            } else if (each.view != null
                && !ViewState.fold(each.view, stream.getValue()).data().equals(row.data())) {
              wrong++;
            }
          } catch (UnreadableException e) {
            wrong++;
          }
        }
      }
    }
    return new ViewVerification(rows, lost, wrong);
  }

  boolean passed() {
    return lost == 0 && wrong == 0;
  }
}
