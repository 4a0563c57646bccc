package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A comparison of the views table with the streams that subscribers were to follow.
 *
 * @param rows the number expected
 * @param lost rows that are missing or behind their stream
 * @param wrong rows that differ from a fold of their stream
 */
record ViewVerification(int rows, int lost, int wrong) {

  /**
   * A subscriber's cursor on each stream of its category, with a row if it is a view.
   *
   * @param subscriber its name
   */
  record Expected(String subscriber, @Nullable Projection<?, ?> view) {

    static Expected of(Projection<?, ?> view) {
      return new Expected(view.name(), view);
    }
  }

  private enum Finding {
    CORRECT,
    LOST,
    WRONG
  }

  /**
   * Reads all rows.
   *
   * @param streams with all of their commits
   * @param expected the rows of each stream, by category
   */
  static ViewVerification of(
      DynamoDbClient client,
      Map<StreamId, List<Commit>> streams,
      Map<String, List<Expected>> expected) {
    ViewStore rows = new DynamoViewStore(client, Tables.VIEWS);
    List<Finding> findings = new ArrayList<>();
    streams.forEach(
        (stream, commits) ->
            expected
                .getOrDefault(stream.category(), List.of())
                .forEach(
                    each ->
                        findings.add(
                            finding(each, rows.find(each.subscriber(), stream), commits))));
    return new ViewVerification(
        findings.size(),
        Collections.frequency(findings, Finding.LOST),
        Collections.frequency(findings, Finding.WRONG));
  }

  private static Finding finding(Expected expected, StoredRow row, List<Commit> commits) {
    try {
      if (row.commit() != commits.getLast().number()) {
        return Finding.LOST;
      }
      Projection<?, ?> view = expected.view();
      boolean correct = view == null || fold(view, commits).equals(row.data());
      return correct ? Finding.CORRECT : Finding.WRONG;
    } catch (UnreadableException e) {
      return Finding.WRONG;
    }
  }

  private static String fold(Projection<?, ?> view, List<Commit> commits) {
    @Nullable Row row = null;
    for (Commit commit : commits) {
      row = view.apply(row, commit);
    }
    return Objects.requireNonNull(row).data();
  }

  boolean passed() {
    return lost == 0 && wrong == 0;
  }
}
