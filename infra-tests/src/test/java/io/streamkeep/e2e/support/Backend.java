package io.streamkeep.e2e.support;

import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A deployment of the template, as the suites see it. */
public interface Backend {

  /** The base URL of the API, without a trailing slash. */
  URI apiUrl();

  DynamoDbClient dynamoDb();

  SqsClient sqs();

  /** A table's physical name. */
  String tableName(String logicalId);

  String queueUrl(String logicalId);

  /** Advances the queues' clock; where that is not possible, the queues keep real time. */
  default void advanceQueues(Duration time) {}

  /** Invokes a function with an event and returns its payload; fails if the function fails. */
  String invoke(String logicalId, String event);

  /** Number of concurrent requests that the backend can handle. */
  int maxConcurrentRequests();
}
