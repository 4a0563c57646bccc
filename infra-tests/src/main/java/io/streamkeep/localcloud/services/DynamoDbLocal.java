package io.streamkeep.localcloud.services;

import static java.util.Objects.requireNonNull;

import io.streamkeep.localcloud.faults.Faults.Phase;
import io.streamkeep.localcloud.faults.ServiceCall;
import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.PhysicalNames;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.dynamodb.services.local.server.DynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** DynamoDB Local, in memory or in a folder; all access keys see the same tables. */
public final class DynamoDbLocal implements AutoCloseable {
  private static final Pattern WRITE = Pattern.compile("Put|Update|Delete|Write");

  private final LocalDynamoDBRequestHandler database;
  private final Loopback server;
  private final DynamoDbClient client;
  private final ChangeCounter changes = new ChangeCounter();

  public DynamoDbLocal(
      Optional<Path> folder, Permissions permissions, BiConsumer<ServiceCall, Phase> listener)
      throws IOException {
    database =
        new LocalDynamoDBRequestHandler(
            0, folder.isEmpty(), folder.map(Path::toString).orElse(null), true, false);
    server =
        Loopback.computing(
            new ServiceEndpoint(
                handler(database),
                Protocol.DYNAMO_DB,
                permissions,
                (call, phase) -> {
                  if (phase == Phase.AFTER && WRITE.matcher(call.operation()).find()) {
                    changes.increment();
                  }
                  listener.accept(call, phase);
                }));
    client = newClient();
  }

  /**
   * A handler whose class is defined once more. Each new handler empties static maps of its class
   * and fills them again; another database in this JVM refuses requests in the meantime.
   */
  private static Handler handler(LocalDynamoDBRequestHandler database) throws IOException {
    Class<?> shared = LocalDynamoDBServerHandler.class;
    try (InputStream code = shared.getResourceAsStream(shared.getSimpleName() + ".class")) {
      return (Handler)
          MethodHandles.privateLookupIn(shared, MethodHandles.lookup())
              .defineHiddenClass(requireNonNull(code).readAllBytes(), true)
              .lookupClass()
              .getConstructor(DynamoDBRequestHandler.class, String.class)
              .newInstance(database, null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this DynamoDB Local is of an unknown version", e);
    }
  }

  public URI endpoint() {
    return server.url();
  }

  public DynamoDbClient client() {
    return client;
  }

  /** Another client, with interceptors; its caller closes it. */
  public DynamoDbClient newClient(ExecutionInterceptor... interceptors) {
    return LoopbackClients.configure(DynamoDbClient.builder(), endpoint())
        .overrideConfiguration(c -> c.executionInterceptors(List.of(interceptors)))
        .build();
  }

  /** Creates the table; one that exists must have the same keys and indexes. */
  public void table(CreateTableRequest request) {
    try {
      TableDescription table = client.describeTable(d -> d.tableName(request.tableName())).table();
      if (!table.keySchema().equals(request.keySchema())
          || table.globalSecondaryIndexes().size() != request.globalSecondaryIndexes().size()) {
        throw new IllegalStateException(
            "the data has a table " + request.tableName() + " with other keys or indexes");
      }
    } catch (ResourceNotFoundException e) {
      client.createTable(request);
    }
  }

  /** The ARN of a table's stream as DynamoDB Local has it. */
  public String streamArn(String tableId) {
    return client
        .describeTable(d -> d.tableName(PhysicalNames.physical(tableId)))
        .table()
        .latestStreamArn();
  }

  /** The attribute that is a table's partition key. */
  public String partitionKey(String tableId) {
    return client
        .describeTable(d -> d.tableName(PhysicalNames.physical(tableId)))
        .table()
        .keySchema()
        .stream()
        .filter(key -> key.keyType() == KeyType.HASH)
        .findFirst()
        .orElseThrow()
        .attributeName();
  }

  /** The stream's shards, older ones first. */
  public List<Shard> shards(String streamArn) {
    DescribeStreamRequest.Builder request = DescribeStreamRequest.builder().streamArn(streamArn);
    List<Shard> shards = new ArrayList<>();
    String last;
    do {
      StreamDescription page =
          database
              .describeStream(LoopbackClients.ADMINISTRATOR, PhysicalNames.REGION, request.build())
              .streamDescription();
      shards.addAll(page.shards());
      last = page.lastEvaluatedShardId();
      request.exclusiveStartShardId(last);
    } while (last != null);
    return shards;
  }

  /** An iterator behind a sequence number, or at the beginning of the shard. */
  public String iterator(String streamArn, String shard, Optional<String> after) {
    GetShardIteratorRequest.Builder request =
        GetShardIteratorRequest.builder().streamArn(streamArn).shardId(shard);
    after.ifPresentOrElse(
        number ->
            request
                .shardIteratorType(ShardIteratorType.AFTER_SEQUENCE_NUMBER)
                .sequenceNumber(number),
        () -> request.shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    return database
        .getShardIterator(LoopbackClients.ADMINISTRATOR, PhysicalNames.REGION, request.build())
        .shardIterator();
  }

  public GetRecordsResponse records(String iterator, int limit) {
    return database.getRecords(
        LoopbackClients.ADMINISTRATOR,
        PhysicalNames.REGION,
        GetRecordsRequest.builder().shardIterator(iterator).limit(limit).build());
  }

  /** The number of writes, and of times that shards were closed, so far. */
  public long changes() {
    return changes.count();
  }

  /** Waits until there is one more than an earlier number, or the time has passed. */
  public void awaitChange(long earlier, Duration atMost) throws InterruptedException {
    changes.await(earlier, atMost);
  }

  /**
   * Closes every shard of every stream, and opens a child for each. By itself DynamoDB Local does
   * so only after hours, and its way to do so now is not public.
   */
  public synchronized void rollOverShards() {
    try {
      Field databases = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
      databases.setAccessible(true);
      ((Map<?, ?>) databases.get(database))
          .values()
          .forEach(each -> ((AmazonDynamoDBLocal) each).triggerShardRollovers());
      changes.increment();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("this DynamoDB Local is of an unknown version", e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    database.shutdown();
  }
}
