package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.TableSpec;
import io.streamkeep.localcloud.template.Template;
import io.streamkeep.testkit.cost.CostMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The template's tables on DynamoDB Local behind HTTP, without any function. */
public final class Tables implements AutoCloseable {

  public static final String EVENTS = PhysicalNames.physical("EventsTable");
  public static final String VIEWS = PhysicalNames.physical("ViewsTable");
  public static final String FEED = PhysicalNames.physical("FeedTable");

  /** The feed's first generation. */
  public static final FeedTable FIRST_FEED = new FeedTable(FEED, 1);

  /** The latency added to a request, roughly that of DynamoDB in the same region. */
  static final Duration DELAY = Duration.ofMillis(4);

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

  /** A new client with its own connection; closed with the tables. */
  public DynamoDbClient client(ExecutionInterceptor... interceptors) {
    DynamoDbClient client = database.newClient(interceptors);
    clients.add(client);
    return client;
  }

  /** A client for requests that are measured, with {@link #DELAY} or without. */
  DynamoDbClient measured(CostMeter meter, boolean delayed) {
    return delayed ? client(meter, new Delay()) : client(new ExecutionInterceptor[] {meter});
  }

  /** The shared client for everything that isn't measured. */
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

  private static final class Delay implements ExecutionInterceptor {

    @Override
    public void beforeTransmission(
        Context.BeforeTransmission context, ExecutionAttributes attributes) {
      long end = System.nanoTime() + DELAY.toNanos();
      for (long left = DELAY.toNanos(); left > 0; left = end - System.nanoTime()) {
        LockSupport.parkNanos(left);
      }
    }
  }
}
