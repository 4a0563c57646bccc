package io.streamkeep.aws.dynamodb.events;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * An event store on one DynamoDB table: an item is a commit, its sort key the commit's number.
 * Loading is a consistent Query backwards to the newest usable snapshot, one request for up to
 * {@value ReplaySize#COMMITS} commits; appending is one conditional PutItem, or, over several
 * streams, one TransactWriteItems at twice the price. A page of a Query ends at 1 MB, an item at
 * 400 KB.
 *
 * @see CommitItem
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Query.Pagination.html">Paginating
 *     table query results</a>
 */
public final class DynamoEventStore implements EventStore {

  /** Growth of pages: few requests for a long stream, and few commits read unnecessarily. */
  private static final int GROWTH = 4;

  /** More commits than fit into a page of 1 MB. */
  private static final int LARGEST_PAGE = 20_000;

  private final DynamoTable table;
  private final boolean sampled;
  private final CommitSampler sampler = new CommitSampler();

  /**
   * Uses an existing table.
   *
   * @param client retries by itself when it is throttled
   * @param table its name; partition key {@code stream} (S), sort key {@code commit} (N)
   */
  public DynamoEventStore(DynamoDbClient client, String table) {
    this(client, table, true);
  }

  private DynamoEventStore(DynamoDbClient client, String table, boolean sampled) {
    this.table = new DynamoTable(client, table);
    this.sampled = sampled;
  }

  /** A store that puts no commit into the sample, to count what commits cost without it. */
  public static DynamoEventStore unsampled(DynamoDbClient client, String table) {
    return new DynamoEventStore(client, table, false);
  }

  @Override
  public History load(StreamId stream, long upTo, Predicate<Snapshot> usable) {
    StreamLoader loader = new StreamLoader(usable);
    @Nullable Map<String, AttributeValue> start = null;
    int limit = ReplaySize.COMMITS;
    boolean more;
    do {
      QueryResponse page = backwards(stream, upTo, start, limit);
      more = loader.add(page.items()) && page.hasLastEvaluatedKey();
      start = page.lastEvaluatedKey();
      limit = Math.min(limit * GROWTH, LARGEST_PAGE);
    } while (more);
    return loader.history(stream);
  }

  private QueryResponse backwards(
      StreamId stream, long upTo, @Nullable Map<String, AttributeValue> start, int limit) {
    return query(
        stream,
        "<= :number",
        upTo,
        query -> query.scanIndexForward(false).exclusiveStartKey(start).limit(limit));
  }

  @Override
  public CommitPage read(StreamId stream, long after, int limit) {
    // One more than requested shows whether there are more; a page also ends at 1 MB.
    QueryResponse page = query(stream, "> :number", after, query -> query.limit(limit + 1));
    List<Commit> commits = new ArrayList<>();
    for (Map<String, AttributeValue> item : page.items().stream().limit(limit).toList()) {
      try {
        commits.add(CommitItem.read(item));
      } catch (UnreadableException e) {
        if (commits.isEmpty()) {
          throw e;
        }
        return new CommitPage(commits, true);
      }
    }
    return new CommitPage(commits, page.hasLastEvaluatedKey() || page.items().size() > limit);
  }

  @Override
  public long headNumber(StreamId stream) {
    QueryResponse newest =
        query(
            stream,
            "> :number",
            0,
            query -> query.scanIndexForward(false).limit(1).projectionExpression("#commit"));
    return newest.items().stream().findFirst().map(CommitItem::number).orElse(0L);
  }

  /** A page of the commits whose numbers meet a condition. */
  private QueryResponse query(
      StreamId stream, String condition, long number, Consumer<QueryRequest.Builder> part) {
    return table.page(
        query ->
            query
                .consistentRead(true)
                .keyConditionExpression("#stream = :stream AND #commit " + condition)
                .expressionAttributeValues(
                    Map.of(
                        ":stream", fromS(stream.toString()),
                        ":number", fromN(Long.toString(number))))
                .applyMutation(part));
  }

  @Override
  public List<Commit> commits(Collection<CommitId> ids) {
    List<Map<String, AttributeValue>> keys =
        ids.stream().distinct().map(id -> CommitItem.key(id.stream(), id.number())).toList();
    return table.getAll(keys, null).stream().map(CommitItem::read).toList();
  }

  @Override
  public AppendResult append(List<StreamAppend> writes, List<Head> unchanged) {
    Optional<Instant> due =
        writes.stream()
            .findFirst()
            .map(write -> write.commit().time())
            .filter(time -> sampled && sampler.due(time));
    AppendResult result = new AppendOperation(table, writes, unchanged, due.isPresent()).run();
    if (result instanceof AppendResult.Appended) {
      due.ifPresent(sampler::stored);
    }
    return result;
  }
}
