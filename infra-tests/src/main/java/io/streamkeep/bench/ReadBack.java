package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * What is in the table of what was written.
 *
 * @param lost commands of which there is no commit
 * @param doubled commits of a command that has another one
 * @param gaps numbers that a stream has not, though it has later ones
 */
record ReadBack(int commands, int lost, int doubled, int gaps) {

  static ReadBack of(DynamoDbClient client, String category, Set<CommandId> expected) {
    Map<CommandId, Integer> found = new HashMap<>();
    Map<StreamId, TreeSet<Long>> numbers = new HashMap<>();
    client
        .scanPaginator(scan -> scan.tableName(Tables.EVENTS).consistentRead(true))
        .items()
        .forEach(
            item -> {
              if (CommitItem.stream(item).category().equals(category)) {
                Commit commit = CommitItem.read(item);
                found.merge(commit.command(), 1, Integer::sum);
                numbers.computeIfAbsent(commit.stream(), s -> new TreeSet<>()).add(commit.number());
              }
            });
    Set<CommandId> lost = new HashSet<>(expected);
    lost.removeAll(found.keySet());
    return new ReadBack(
        expected.size(),
        lost.size(),
        found.values().stream().mapToInt(commits -> commits - 1).sum(),
        gaps(numbers.values()));
  }

  private static int gaps(Collection<TreeSet<Long>> streams) {
    return streams.stream()
        .mapToInt(numbers -> Math.toIntExact(numbers.last() - numbers.size()))
        .sum();
  }

  boolean right() {
    return lost == 0 && doubled == 0 && gaps == 0;
  }
}
