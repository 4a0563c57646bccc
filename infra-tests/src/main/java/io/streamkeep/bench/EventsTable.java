package io.streamkeep.bench;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.template.Names;
import io.streamkeep.localcloud.template.TableSpec;
import io.streamkeep.localcloud.template.Template;
import io.streamkeep.testkit.cost.CostMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The template's table of events, alone, on DynamoDB Local behind HTTP. */
final class EventsTable implements AutoCloseable {

  private static final String ID = "EventsTable";

  static final String NAME = Names.physical(ID);

  private final DynamoDbLocal database;

  private EventsTable(DynamoDbLocal database) {
    this.database = database;
  }

  static EventsTable of(Path template) throws IOException {
    TableSpec table =
        Template.read(template).tables().stream()
            .filter(each -> each.id().equals(ID))
            .findFirst()
            .orElseThrow();
    DynamoDbLocal database =
        new DynamoDbLocal(
            Optional.empty(), new Permissions(List.of()), (caller, operation, phase) -> {});
    database.table(table.request());
    return new EventsTable(database);
  }

  /** A client as every other here, with a connection of its own. */
  DynamoDbClient client(ExecutionInterceptor... interceptors) {
    return database.newClient(interceptors);
  }

  /** The client of whoever only looks. */
  DynamoDbClient plain() {
    return database.client();
  }

  CostMeter meter() {
    return new CostMeter(plain());
  }

  @Override
  public void close() {
    database.close();
  }
}
