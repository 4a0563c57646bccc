package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.inspection.EventTable;
import io.streamkeep.inspection.Seen;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;

import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What subscribers have of the commits in the events table.
 *
 * @param rows how many there must be
 * @param lost those whose cursor is not at the stream's last commit
 * @param wrong those that are there and not what the commits come to
 */
record RowsBack(int rows, int lost, int wrong) {

  private static final RowsBack NOTHING = new RowsBack(0, 0, 0);

  private enum Found {
    RIGHT,
    LOST,
    WRONG
  }

  /**
   * Reads all of it.
   *
   * @param kept what must be there of the streams of each category
   */
  static RowsBack of(DynamoDbClient client, Map<String, List<Kept>> kept) {
    ViewStore rows = new DynamoViewStore(client, Tables.VIEWS);
    RowsBack back = NOTHING;
    for (Map.Entry<StreamId, List<Commit>> stream :
        new EventTable(client, Tables.EVENTS).commits().entrySet()) {
      for (Kept each : kept.getOrDefault(stream.getKey().category(), List.of())) {
        back = back.and(found(each, rows.find(each.name(), stream.getKey()), stream.getValue()));
      }
    }
    return back;
  }

  private static Found found(Kept kept, StoredRow row, List<Commit> commits) {
    try {
      if (row.commit() != commits.getLast().number()) {
        return Found.LOST;
      }
      View view = kept.view();
      boolean right = view == null || Seen.of(row).equals(Seen.folded(view, commits));
      return right ? Found.RIGHT : Found.WRONG;
    } catch (UnreadableException e) {
      return Found.WRONG;
    }
  }

  private RowsBack and(Found found) {
    return new RowsBack(
        rows + 1, lost + (found == Found.LOST ? 1 : 0), wrong + (found == Found.WRONG ? 1 : 0));
  }

  boolean right() {
    return lost == 0 && wrong == 0;
  }
}
