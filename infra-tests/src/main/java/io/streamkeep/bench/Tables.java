package io.streamkeep.bench;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.template.Names;
import io.streamkeep.localcloud.template.TableSpec;
import io.streamkeep.localcloud.template.Template;
import io.streamkeep.testkit.cost.CostMeter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The template's tables, alone, on DynamoDB Local behind HTTP. */
public final class Tables implements AutoCloseable {

  public static final String EVENTS = Names.physical("EventsTable");
  public static final String VIEWS = Names.physical("ViewsTable");
  public static final String FEED = Names.physical("FeedTable");

  private final DynamoDbLocal database;
  private final List<DynamoDbClient> clients = new ArrayList<>();

  private Tables(DynamoDbLocal database) {
    this.database = database;
  }

  public static Tables of(Path template) throws IOException {
    List<TableSpec> tables = Template.read(template).tables();
    DynamoDbLocal database =
        new DynamoDbLocal(Optional.empty(), new Permissions(List.of()), (call, phase) -> {});
    tables.forEach(table -> database.table(table.request()));
    return new Tables(database);
  }

  /** A client as every other here, with a connection of its own; it is closed with the tables. */
  public DynamoDbClient client(ExecutionInterceptor... interceptors) {
    DynamoDbClient client = database.newClient(interceptors);
    clients.add(client);
    return client;
  }

  /** The client of what is measured, with {@link Delay#ADDED} or without. */
  DynamoDbClient measured(CostMeter meter, boolean delayed) {
    return delayed
        ? client(meter, new Delay(Delay.ADDED))
        : client(new ExecutionInterceptor[] {meter});
  }

  /** The client of whoever only looks. */
  public DynamoDbClient plain() {
    return database.client();
  }

  public CostMeter meter() {
    return new CostMeter(plain());
  }

  @Override
  public void close() {
    clients.forEach(DynamoDbClient::close);
    database.close();
  }
}
