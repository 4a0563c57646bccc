package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.template.SourceSpec;


import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** Reads one shard from its checkpoint to its end, one batch in flight at a time. */
final class ShardPoller {
  private static final long IDLE_MILLIS = 20;

  private final RoleStream stream;
  private final LambdaFunction function;
  private final SourceSpec.Stream source;
  private final String shard;
  private final Supplier<Faults> faults;
  private final BatchRunner runner;

  ShardPoller(
      RoleStream stream,
      LambdaFunction function,
      SourceSpec.Stream source,
      String shard,
      Supplier<Faults> faults,
      BatchRunner runner) {
    this.stream = stream;
    this.function = function;
    this.source = source;
    this.shard = shard;
    this.faults = faults;
    this.runner = runner;
  }

  /** Returns when the shard is closed and all of it is done. */
  void run(Optional<String> checkpoint) throws InterruptedException {
    String id = function.spec().id();
    String iterator = iterator(checkpoint);
    while (iterator != null) {
      GetRecordsResponse read = stream.records(iterator, source.batchSize());
      deliver(read.records().stream().map(record -> RecordJson.of(record, stream.arn())).toList());
      if (!read.records().isEmpty() && faults.get().splitsShard(id)) {
        stream.split();
      }
      iterator = read.nextShardIterator();
    }
    // what is held back comes before the shard's children do
    while (faults.get().holdsRecords(id, shard)) {
      deliver(List.of());
    }
  }

  private void deliver(List<JsonObject> records) throws InterruptedException {
    for (List<JsonObject> batch :
        cut(faults.get().streamRecords(function.spec().id(), shard, records))) {
      runner.run(batch);
    }
    if (records.isEmpty()) {
      Thread.sleep(IDLE_MILLIS);
    }
  }

  private @Nullable String iterator(Optional<String> checkpoint) {
    GetShardIteratorRequest.Builder request = GetShardIteratorRequest.builder().shardId(shard);
    checkpoint.ifPresentOrElse(
        after ->
            request
                .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                .sequenceNumber(after),
        () -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    return stream.iterator(request);
  }

  /** Into batches of at most the mapping's size and of what one event may hold. */
  private List<List<JsonObject>> cut(List<JsonObject> records) {
    List<List<JsonObject>> batches = new ArrayList<>();
    List<JsonObject> batch = new ArrayList<>();
    int bytes = 0;
    for (JsonObject record : records) {
      int size = record.toString().getBytes(StandardCharsets.UTF_8).length + 1;
      if (batch.size() == source.batchSize()
          || (bytes + size > LambdaFunction.MAX_PAYLOAD - 100 && !batch.isEmpty())) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(record);
      bytes += size;
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }
}
