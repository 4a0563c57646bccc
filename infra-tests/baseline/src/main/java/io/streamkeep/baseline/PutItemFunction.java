package io.streamkeep.baseline;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.Environment;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Puts one item, to measure the SDK alone. Settings: {@code EVENTS_TABLE}. */
public final class PutItemFunction implements RequestStreamHandler {

  private final DynamoDbClient client = Clients.of(DynamoDbClient.builder());
  private final String table = Environment.required("EVENTS_TABLE");

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context) {
    client.putItem(
        put ->
            put.tableName(table)
                .item(Map.of("stream", fromS(context.getAwsRequestId()), "commit", fromN("1"))));
  }
}
