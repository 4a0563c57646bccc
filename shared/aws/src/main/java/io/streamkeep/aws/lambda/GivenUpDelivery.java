package io.streamkeep.aws.lambda;

import io.streamkeep.aws.log.LogLine;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * Delivers what a mapping gave up on, once more: its records are in the stream for a day. What is
 * no longer there is left to the reconciler, which finds it in the event table.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_streams_GetRecords.html">
 *     GetRecords</a>
 */
public final class GivenUpDelivery {

  private final DynamoDbStreamsClient streams;
  private final LoggingDispatcher delivery;

  public GivenUpDelivery(DynamoDbStreamsClient streams, LoggingDispatcher delivery) {
    this.streams = streams;
    this.delivery = delivery;
  }

  /**
   * Delivers all commits of the batch; throws what hindered that, if anything did. False if the
   * stream has them no more, and nothing is delivered.
   *
   * @throws UnreadableException if a record is no stream's, when all others are delivered
   */
  public boolean deliver(GivenUpBatch batch, LogLine line) {
    List<Record> records;
    try {
      records = records(batch);
    } catch (TrimmedDataAccessException | ResourceNotFoundException e) {
      return false; // the records are older than a day, or all of their shard is
    }
    deliver(records, line);
    return true;
  }

  private void deliver(List<Record> records, LogLine line) {
    List<DeliveredCommit> items = new ArrayList<>();
    int foreign = 0;
    for (Record record : records) {
      try {
        StreamBatch.item(record).ifPresent(items::add);
      } catch (IllegalArgumentException | UnreadableException e) {
        foreign++;
      }
    }
    Optional<BatchFailure> stopped = delivery.deliver(items, line);
    if (stopped.isPresent()) {
      throw stopped.get().cause();
    }
    if (foreign > 0) {
      throw new UnreadableException("Records that are of no stream: " + foreign);
    }
  }

  private List<Record> records(GivenUpBatch batch) {
    List<Record> records = new ArrayList<>();
    @Nullable String iterator = iterator(batch);
    while (iterator != null) {
      GetRecordsResponse page =
          streams.getRecords(GetRecordsRequest.builder().shardIterator(iterator).build());
      for (Record record : page.records()) {
        int left = batch.last().compareTo(new BigInteger(record.dynamodb().sequenceNumber()));
        if (left >= 0) {
          records.add(record);
        }
        if (left <= 0) {
          return records;
        }
      }
      iterator = page.nextShardIterator();
    }
    throw new UnreadableException("A shard that ends before the batch does");
  }

  private String iterator(GivenUpBatch batch) {
    return streams
        .getShardIterator(
            GetShardIteratorRequest.builder()
                .streamArn(batch.streamArn())
                .shardId(batch.shard())
                .shardIteratorType(ShardIteratorType.AT_SEQUENCE_NUMBER)
                .sequenceNumber(batch.first())
                .build())
        .shardIterator();
  }
}
