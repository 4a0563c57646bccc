package io.streamkeep.aws.lambda;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** A shard of a stream, in pages; which one is next is its iterator. */
class FakeStream implements DynamoDbStreamsClient {

  private final List<List<Record>> pages;
  private final boolean closed;
  final List<GetShardIteratorRequest> iterators = new ArrayList<>();
  int reads;

  FakeStream(boolean closed, List<List<Record>> pages) {
    this.closed = closed;
    this.pages = pages;
  }

  @Override
  public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    iterators.add(request);
    return GetShardIteratorResponse.builder().shardIterator("0").build();
  }

  @Override
  public GetRecordsResponse getRecords(GetRecordsRequest request) {
    int page = Integer.parseInt(request.shardIterator());
    reads++;
    boolean more = page + 1 < pages.size() || !closed;
    return GetRecordsResponse.builder()
        .records(pages.get(page))
        .nextShardIterator(more ? Integer.toString(page + 1) : null)
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
