package io.streamkeep.inspection;

import io.streamkeep.kernel.projection.View.ListKey;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.projection.ViewStore.StoredRow;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A row with its list key and cursor, comparable between the store and a fold. */
record RowSnapshot(@Nullable String data, @Nullable ListKey listKey, long commit) {

  /** A stored row, and the item that has its list key. */
  static RowSnapshot stored(StoredRow row, Map<String, AttributeValue> item) {
    AttributeValue list = item.get("list");
    AttributeValue sortKey = item.get("sortKey");
    ListKey listKey = list == null || sortKey == null ? null : new ListKey(list.s(), sortKey.s());
    return new RowSnapshot(row.data(), listKey, row.commit());
  }

  static RowSnapshot folded(Row row, long commit) {
    return new RowSnapshot(row.data(), row.listKey(), commit);
  }
}
