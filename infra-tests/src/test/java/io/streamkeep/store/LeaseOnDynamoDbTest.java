package io.streamkeep.store;

import static java.util.Objects.requireNonNull;

import io.streamkeep.aws.dynamodb.DynamoEventStore;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.testkit.LeaseContract;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class LeaseOnDynamoDbTest extends LeaseContract {

  private static @Nullable DynamoDbLocal database;

  @BeforeAll
  static void start() throws Exception {
    database = Tables.start();
  }

  @AfterAll
  static void stop() {
    requireNonNull(database).close();
  }

  @Override
  protected EventStore store() {
    return new DynamoEventStore(requireNonNull(database).client(), Tables.EVENTS);
  }
}
