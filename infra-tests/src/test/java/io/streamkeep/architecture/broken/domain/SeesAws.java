package io.streamkeep.architecture.broken.domain;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import org.jspecify.annotations.Nullable;

final class SeesAws {
  @Nullable DynamoEventStore store;
}
