package io.streamkeep.store;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.testkit.contract.EventStoreContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class DynamoEventStoreTest extends EventStoreContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  @Override
  protected EventStore store() {
    return new DynamoEventStore(TABLES.client(), Tables.EVENTS);
  }

  @Override
  protected EventStore elsewhere() {
    return store();
  }

  @Override
  protected int histories() {
    return 20;
  }
}
