package io.streamkeep.aws.dynamodb;

import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore.Head;
import io.streamkeep.kernel.LoadSize;
import io.streamkeep.kernel.StreamId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The head of a stream in DynamoDB; commit and version are 0 if it is empty.
 *
 * @param hash the newest item's, or null if there is none
 */
record At(StreamId stream, long commit, long version, @Nullable SdkBytes hash, LoadSize size)
    implements Head {

  static At start(StreamId stream) {
    return new At(stream, 0, 0, null, LoadSize.NOTHING);
  }

  static At of(Head head) {
    if (head instanceof At at) {
      return at;
    }
    throw new IllegalArgumentException("Not a head of this store");
  }

  At after(Commit next, Map<String, AttributeValue> item, LoadSize then) {
    return new At(stream, next.number(), next.version(), ItemHash.of(item), then);
  }

  At with(LoadSize other) {
    return new At(stream, commit, version, hash, other);
  }
}
