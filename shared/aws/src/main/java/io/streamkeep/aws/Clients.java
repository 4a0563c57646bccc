package io.streamkeep.aws;

import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The SDK's clients as a function uses them. Region and credentials are Lambda's environment
 * variables; every other choice that the SDK would look around for is made here, since looking
 * costs at cold start.
 */
public final class Clients {

  private Clients() {}

  public static DynamoDbClient dynamoDb() {
    return build(DynamoDbClient.builder());
  }

  public static SqsClient sqs() {
    return build(SqsClient.builder());
  }

  private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C build(
      B builder) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
        .region(Region.of(System.getenv("AWS_REGION")))
        .build();
  }
}
