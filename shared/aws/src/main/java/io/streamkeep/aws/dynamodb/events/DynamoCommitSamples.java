package io.streamkeep.aws.dynamodb.events;

import static java.util.stream.Collectors.toSet;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.kernel.metadata.Timestamp;
import io.streamkeep.kernel.store.CommitSamples;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The commits that {@link DynamoEventStore} has put into the index of samples. */
public final class DynamoCommitSamples implements CommitSamples {

  private static final String INDEX = "by-time";

  private final DynamoTable table;

  public DynamoCommitSamples(DynamoDbClient client, String table) {
    this.table = new DynamoTable(client, table);
  }

  @Override
  public Set<StreamId> streams(Instant until, int limit) {
    return table
        .page(
            query ->
                query
                    .indexName(INDEX)
                    .scanIndexForward(false)
                    .limit(limit)
                    .keyConditionExpression("#sample = :sample AND #time <= :until")
                    .expressionAttributeValues(
                        Map.of(
                            ":sample",
                            fromS(CommitItem.SAMPLED),
                            ":until",
                            fromS(Timestamp.format(until)))))
        .items()
        .stream()
        .flatMap(item -> stream(item).stream())
        .collect(toSet());
  }

  /** Empty for an item that is not a commit, such as one written by hand. */
  private static Optional<StreamId> stream(Map<String, AttributeValue> item) {
    try {
      return Optional.of(CommitItem.stream(item));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  @Override
  public Map<CommitId, Instant> times(Collection<CommitId> ids) {
    Map<CommitId, Instant> times = new HashMap<>();
    table
        .getAll(
            ids.stream().distinct().map(id -> CommitItem.key(id.stream(), id.number())).toList(),
            "#stream, #commit, #time")
        .forEach(
            item ->
                CommitItem.time(item)
                    .ifPresent(
                        time ->
                            times.put(
                                new CommitId(CommitItem.stream(item), CommitItem.number(item)),
                                time)));
    return times;
  }
}
