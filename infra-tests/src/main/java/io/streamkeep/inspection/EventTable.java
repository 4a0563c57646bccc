package io.streamkeep.inspection;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Reads the whole event table.
 *
 * @param table its physical name
 */
public record EventTable(DynamoDbClient client, String table) {

  public Set<StreamId> streams() {
    return client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
        .map(CommitItem::stream)
        .collect(Collectors.toSet());
  }

  /** Each stream's commits, oldest first. */
  public Map<StreamId, List<Commit>> commits() {
    DynamoEventStore store = new DynamoEventStore(client, table);
    return streams().stream()
        .collect(Collectors.toMap(stream -> stream, stream -> store.load(stream).commits()));
  }
}
