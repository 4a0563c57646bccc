package io.streamkeep.store;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.bench.Tables;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.testkit.contract.LeaseContract;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("slow")
final class LeaseOnDynamoDbTest extends LeaseContract {

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  @Override
  protected EventStore store() {
    return new DynamoEventStore(TABLES.client(), Tables.EVENTS);
  }
}
