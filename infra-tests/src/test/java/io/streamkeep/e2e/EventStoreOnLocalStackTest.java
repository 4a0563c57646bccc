package io.streamkeep.e2e;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.e2e.support.LocalStackExtension;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.TableSpec;
import io.streamkeep.localcloud.template.Template;
import io.streamkeep.testkit.contract.EventStoreContract;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The event store's contract on LocalStack's DynamoDB. */
@Tag("localstack")
final class EventStoreOnLocalStackTest extends EventStoreContract {

  @RegisterExtension static final LocalStackExtension LOCALSTACK = new LocalStackExtension();

  private static final String TABLE = PhysicalNames.physical("EventsTable");

  /** A separate table: the deployed one's stream would deliver these commits to the functions. */
  @BeforeAll
  static void createTable() throws IOException {
    Template.read(LocalCloudExtension.TEMPLATE).tables().stream()
        .map(TableSpec::request)
        .filter(request -> request.tableName().equals(TABLE))
        .forEach(LOCALSTACK.backend().dynamoDb()::createTable);
  }

  @Override
  protected EventStore store() {
    return new DynamoEventStore(LOCALSTACK.backend().dynamoDb(), TABLE);
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
