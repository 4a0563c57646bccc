package io.streamkeep.localcloud.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.services.StreamArn;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.SourceSpec;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;

/**
 * Delivers a table's stream to a function: one poller a shard, with one batch in flight at a time,
 * all open shards concurrently, parents before their children.
 */
final class StreamMapping {
  private static final long NEW_SHARDS_MILLIS = 500;

  /** The pause between polls of an idle shard, unless a change ends it. */
  private static final Duration IDLE = Duration.ofMillis(250);

  /** The pause between polls while records are held back. */
  private static final Duration HELD_BACK = Duration.ofMillis(20);

  private final Mappings mappings;
  private final LambdaFunction function;
  private final SourceSpec.Stream source;
  private final String id;
  private final String name;
  private final String localArn;
  private final String partitionKey;
  private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final Set<String> started = new HashSet<>();

  StreamMapping(Mappings mappings, LambdaFunction function, SourceSpec.Stream source) {
    this.mappings = mappings;
    this.function = function;
    this.source = source;
    this.id = function.spec().id();
    this.name = id + "." + source.name();
    this.localArn = mappings.database.streamArn(source.table());
    this.partitionKey = mappings.database.partitionKey(source.table());
  }

  /**
   * Starts the mapping, or throws a RoleException where Lambda would not create it.
   *
   * @see <a
   *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-eventsourcemapping.html">
   *     The permissions</a>
   * @see <a
   *     href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/iam-policy-example-lamda-process-dynamodb-streams.html">
   *     Their resources</a>
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">The
   *     permission of the destination</a>
   */
  void start() {
    String arn = PhysicalNames.streamArn(source.table());
    mappings.use(
        id,
        "Cannot access stream "
            + arn
            + ". Please ensure the role can perform the GetRecords, GetShardIterator,"
            + " DescribeStream, and ListStreams Actions on your stream in IAM.",
        new Access("dynamodb:GetRecords", arn),
        new Access("dynamodb:GetShardIterator", arn),
        new Access("dynamodb:DescribeStream", arn),
        // though Lambda knows the stream
        new Access("dynamodb:ListStreams", PhysicalNames.tableArn(source.table()) + "/stream/*"));
    source.onFailure().ifPresent(queue -> mappings.useQueue(id, "SendMessage", queue));
    mappings.run(name, this::watchShards);
  }

  private void watchShards() throws InterruptedException {
    while (true) {
      for (StreamShard shard : mappings.shards.of(localArn)) {
        boolean parentDone = shard.parent().map(this::isDone).orElse(true);
        if (parentDone && !isDone(shard) && started.add(shard.id())) {
          mappings.run(name, () -> pollShard(shard));
        }
      }
      ended.poll(NEW_SHARDS_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isDone(StreamShard shard) {
    return checkpoint(shard).filter(Checkpoints.END::equals).isPresent();
  }

  private Optional<String> checkpoint(StreamShard shard) {
    return mappings.checkpoints.get(name, shard.id());
  }

  /** Polls until the shard is closed and completely processed; restarts after a failure. */
  private void pollShard(StreamShard polled) throws InterruptedException {
    String shard = polled.id();
    String streamArn = StreamArn.shown(localArn);
    BatchRunner runner =
        new BatchRunner(
            function,
            source,
            shard,
            streamArn,
            position -> mappings.checkpoints.put(name, shard, position),
            this::discard);
    String iterator = mappings.database.iterator(localArn, polled.local(), checkpoint(polled));
    while (iterator != null) {
      long changes = mappings.database.changes();
      GetRecordsResponse read = mappings.database.records(iterator, source.batchSize());
      List<JsonObject> records =
          read.records().stream()
              .filter(record -> polled.has(partitionKey, record.dynamodb().keys()))
              .map(record -> RecordJson.of(record, streamArn))
              .toList();
      deliver(records, runner);
      if (!records.isEmpty() && faults().splitsShard(id)) {
        mappings.splitShards();
      } else if (!records.isEmpty() && faults().rollsShardOver(id)) {
        mappings.rollOverShards();
      }
      if (faults().holdsRecords(id, shard)) {
        Thread.sleep(HELD_BACK);
      } else if (read.records().isEmpty()) {
        mappings.database.awaitChange(changes, IDLE);
      }
      iterator = read.nextShardIterator();
    }
    // records that are held back come before the shard's children do
    while (faults().holdsRecords(id, shard)) {
      Thread.sleep(HELD_BACK);
      deliver(List.of(), runner);
    }
    mappings.checkpoints.put(name, shard, Checkpoints.END);
    ended.add(shard);
  }

  private Faults faults() {
    return mappings.faults.get();
  }

  private void deliver(List<JsonObject> records, BatchRunner runner) throws InterruptedException {
    for (List<JsonObject> batch :
        batches(faults().streamRecords(id, runner.shard(), records), source.batchSize())) {
      runner.run(batch);
    }
  }

  /** Splits records into batches within the mapping's batch size and the size of one event. */
  private static List<List<JsonObject>> batches(List<JsonObject> records, int limit) {
    List<List<JsonObject>> batches = new ArrayList<>();
    int bytes = Integer.MAX_VALUE;
    for (JsonObject record : records) {
      int size = record.toString().getBytes(UTF_8).length + 1;
      if (bytes > LambdaFunction.MAX_PAYLOAD - 100 - size || batches.getLast().size() == limit) {
        batches.add(new ArrayList<>());
        bytes = 0;
      }
      batches.getLast().add(record);
      bytes += size;
    }
    return batches;
  }

  private void discard(DiscardedBatch batch) {
    mappings.log(name, "discarded: " + batch.message());
    source
        .onFailure()
        .map(queue -> mappings.queues.url(PhysicalNames.physical(queue)))
        .ifPresent(
            url ->
                mappings
                    .queues
                    .client()
                    .sendMessage(m -> m.queueUrl(url).messageBody(batch.message())));
  }
}
