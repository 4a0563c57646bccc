package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * A comparison of the events table with the commands that were sent.
 *
 * @param lost commands without a commit
 * @param duplicated commits beyond the first one of a command
 * @param gaps commit numbers that a stream lacks before its last one
 */
record StoreVerification(int commands, int lost, int duplicated, int gaps) {

  static StoreVerification of(DynamoDbClient client, String category, Set<CommandId> sent) {
    Map<CommandId, Integer> found = new HashMap<>();
    Map<StreamId, TreeSet<Long>> numbers = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(Tables.EVENTS).consistentRead(true))
        .items()
        .stream()
        .filter(item -> CommitItem.stream(item).category().equals(category))
        .map(CommitItem::read)
        .forEach(
            commit -> {
              found.merge(commit.command(), 1, Integer::sum);
              numbers.computeIfAbsent(commit.stream(), s -> new TreeSet<>()).add(commit.number());
            });
    Set<CommandId> lost = new HashSet<>(sent);
    lost.removeAll(found.keySet());
    return new StoreVerification(
        sent.size(),
        lost.size(),
        found.values().stream().mapToInt(commits -> commits - 1).sum(),
        numbers.values().stream()
            .mapToInt(each -> Math.toIntExact(each.last() - each.size()))
            .sum());
  }

  boolean passed() {
    return lost == 0 && duplicated == 0 && gaps == 0;
  }
}
