package io.streamkeep.e2e.support;

import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.TraceHeader;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** A deployment in the local cloud. */
public record LocalBackend(LocalCloud cloud) implements Backend {

  @Override
  public URI apiUrl() {
    return cloud.apiUrl();
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return cloud.dynamoDb();
  }

  @Override
  public SqsClient sqs() {
    return cloud.sqs();
  }

  @Override
  public String tableName(String logicalId) {
    return cloud.tableName(logicalId);
  }

  @Override
  public String queueUrl(String logicalId) {
    return cloud.queueUrl(logicalId);
  }

  @Override
  public void advanceQueues(Duration time) {
    cloud.advanceQueues(time);
  }

  @Override
  public String invoke(String logicalId, String event) {
    try {
      InvocationResult result = cloud.function(logicalId).invoke(event, TraceHeader.start());
      if (result.failed()) {
        throw new AssertionError(logicalId + " failed: " + result.payload());
      }
      return result.payload();
    } catch (InterruptedException e) {
      throw new AssertionError("No response", e);
    }
  }

  @Override
  public int maxConcurrentRequests() {
    return 200;
  }
}
