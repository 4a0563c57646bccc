package io.streamkeep.e2e;

import java.net.URI;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Where the template is deployed; the suites see nothing else of it. */
interface Backend {

  /** Without a slash at its end. */
  URI apiUrl();

  DynamoDbClient dynamoDb();

  SqsClient sqs();

  /** A table's physical name. */
  String tableName(String logicalId);

  String queueUrl(String logicalId);

  /** Hands a function an event, as a service would, and returns what it answers. */
  String invoke(String logicalId, String event);

  /** How many requests it can be sent at once. */
  int crowd();
}
