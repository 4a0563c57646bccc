package io.streamkeep.aws;

import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/**
 * The SDK's clients as a function uses them. Region and credentials are Lambda's environment
 * variables; every other choice that the SDK would look around for is made here, since looking
 * costs at cold start.
 */
public final class Clients {

  private Clients() {}

  /** Names no service, so that a function's artifact has the client of no other than it uses. */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C of(B builder) {
    return builder
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
        .region(Region.of(System.getenv("AWS_REGION")))
        .build();
  }
}
