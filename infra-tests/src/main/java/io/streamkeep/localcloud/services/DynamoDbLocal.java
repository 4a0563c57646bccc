package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.Names;


import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** DynamoDB Local, in memory or in a folder; all access keys see the same tables. */
public final class DynamoDbLocal implements AutoCloseable {
  private static final String KEY = "local";

  private final LocalDynamoDBRequestHandler database;
  private final Loopback server;
  private final DynamoDbClient client;

  public DynamoDbLocal(Optional<Path> folder, Permissions permissions, CallListener listener)
      throws IOException {
    database =
        new LocalDynamoDBRequestHandler(
            0, folder.isEmpty(), folder.map(Path::toString).orElse(null), true, false);
    server =
        Loopback.computing(
            new AuthorizedCalls(
                new ReportedCalls(new LocalDynamoDBServerHandler(database, null), listener),
                new DynamoDbProtocol(),
                permissions));
    client = Clients.dynamoDb(endpoint());
  }

  public URI endpoint() {
    return URI.create("http://" + Loopback.HOST + ":" + server.port());
  }

  public DynamoDbClient client() {
    return client;
  }

  /** Another client, with interceptors; whoever asks for it closes it. */
  public DynamoDbClient newClient(ExecutionInterceptor... interceptors) {
    return Clients.dynamoDb(endpoint(), interceptors);
  }

  /** Makes the table, or finds it as it was made before. */
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
        .describeTable(d -> d.tableName(Names.physical(tableId)))
        .table()
        .latestStreamArn();
  }

  /** The stream's shards, older ones first. */
  public List<Shard> shards(String streamArn) {
    List<Shard> shards = new ArrayList<>();
    String last = null;
    do {
      StreamDescription page =
          database
              .describeStream(
                  KEY,
                  Names.REGION,
                  DescribeStreamRequest.builder()
                      .streamArn(streamArn)
                      .exclusiveStartShardId(last)
                      .build())
              .streamDescription();
      shards.addAll(page.shards());
      last = page.lastEvaluatedShardId();
    } while (last != null);
    return shards;
  }

  public String iterator(GetShardIteratorRequest request) {
    return database.getShardIterator(KEY, Names.REGION, request).shardIterator();
  }

  public GetRecordsResponse records(String iterator, int limit) {
    return database.getRecords(
        KEY,
        Names.REGION,
        GetRecordsRequest.builder().shardIterator(iterator).limit(limit).build());
  }

  /**
   * Closes every shard of every stream, and opens a child for each. By itself DynamoDB Local does
   * so only after hours, and its own way to have it now is not public here.
   */
  public synchronized void splitShards() {
    try {
      Field databases = LocalDynamoDBRequestHandler.class.getDeclaredField("dbRequestHandlers");
      databases.setAccessible(true);
      ((Map<?, ?>) databases.get(database))
          .values()
          .forEach(each -> ((AmazonDynamoDBLocal) each).triggerShardRollovers());
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("another DynamoDB Local than was expected", e);
    }
  }

  @Override
  public void close() {
    client.close();
    server.close();
    database.shutdown();
  }
}
