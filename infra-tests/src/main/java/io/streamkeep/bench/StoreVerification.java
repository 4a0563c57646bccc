package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Compares the event table with the commands that were sent.
 *
 * @param lost commands without a commit
 * @param duplicated commits beyond the first one of a command
 * @param gaps commit numbers missing before the last one of a stream
 */
record StoreVerification(int commands, int lost, int duplicated, int gaps) {

  static StoreVerification of(DynamoDbClient client, String category, Set<CommandId> sent) {
    List<Commit> commits =
        client
            .scanPaginator(scan -> scan.tableName(Tables.EVENTS).consistentRead(true))
            .items()
            .stream()
            .filter(item -> CommitItem.stream(item).category().equals(category))
            .map(CommitItem::read)
            .toList();
    Set<CommandId> found = commits.stream().map(Commit::command).collect(Collectors.toSet());
    Set<CommandId> lost = new HashSet<>(sent);
    lost.removeAll(found);
    Collection<Long> heads =
        commits.stream()
            .collect(Collectors.toMap(Commit::stream, Commit::number, Math::max))
            .values();
    return new StoreVerification(
        sent.size(),
        lost.size(),
        commits.size() - found.size(),
        Math.toIntExact(heads.stream().mapToLong(head -> head).sum() - commits.size()));
  }

  boolean passed() {
    return lost == 0 && duplicated == 0 && gaps == 0;
  }
}
