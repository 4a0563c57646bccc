package io.streamkeep.aws.dynamodb;

import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore.Head;
import io.streamkeep.kernel.LoadSize;
import io.streamkeep.kernel.StreamId;

/** The head of a stream in DynamoDB; commit and version are 0 if it is empty. */
record At(StreamId stream, long commit, long version, LoadSize size) implements Head {

  static At start(StreamId stream) {
    return new At(stream, 0, 0, LoadSize.NOTHING);
  }

  static At of(Head head) {
    if (head instanceof At at) {
      return at;
    }
    throw new IllegalArgumentException("Not a head of this store");
  }

  At after(Commit next, LoadSize then) {
    return new At(stream, next.number(), next.version(), then);
  }
}
