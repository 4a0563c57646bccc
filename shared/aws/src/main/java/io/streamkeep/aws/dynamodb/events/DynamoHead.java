package io.streamkeep.aws.dynamodb.events;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.StreamId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The head of a stream in DynamoDB; commit and version are 0 if it is empty.
 *
 * @param hash the hash of the newest item, or null if there is none
 */
record DynamoHead(
    StreamId stream, long commit, long version, @Nullable SdkBytes hash, ReplaySize size)
    implements Head {

  static DynamoHead start(StreamId stream) {
    return new DynamoHead(stream, 0, 0, null, ReplaySize.NOTHING);
  }

  static DynamoHead of(Head head) {
    if (head instanceof DynamoHead own) {
      return own;
    }
    throw new IllegalArgumentException("Not a head of this store");
  }

  DynamoHead after(Commit next, Map<String, AttributeValue> item, ReplaySize newSize) {
    return new DynamoHead(stream, next.number(), next.version(), ItemHash.of(item), newSize);
  }

  DynamoHead with(ReplaySize other) {
    return new DynamoHead(stream, commit, version, hash, other);
  }
}
