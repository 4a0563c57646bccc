package io.streamkeep.aws.wiring;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;

/**
 * Builds the SDK's clients for a function. Region and credentials come from Lambda's environment
 * variables; everything else that the SDK would otherwise detect is set here, because detection
 * slows cold starts. A client connects and fetches credentials on first use.
 */
public final class Clients {

  /** Time after which a call fails, the SDK's own retries included. */
  public static final Duration CALL_TIME = Duration.ofSeconds(5);

  private static final int MAX_ATTEMPTS = 5;
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration MAX_WAIT = Duration.ofMillis(500);

  private Clients() {}

  /** A client for priming, which leaves no open connection in the snapshot. */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C forPriming(
      B builder) {
    return of(builder, ClientOverrideConfiguration.builder().putHeader("Connection", "close"));
  }

  /** Names no service, so that a function's artifact has only the clients that it uses. */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C of(B builder) {
    return of(builder, ClientOverrideConfiguration.builder());
  }

  private static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C of(
      B builder, ClientOverrideConfiguration.Builder configuration) {
    return builder
        .overrideConfiguration(
            configuration.apiCallTimeout(CALL_TIME).retryStrategy(retries()).build())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(credentials())
        .region(Region.of(System.getenv("AWS_REGION")))
        .build();
  }

  /** Waits after throttling add up to less than a second; then the caller gets the error. */
  private static RetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(MAX_ATTEMPTS)
        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_WAIT, MAX_WAIT))
        .build();
  }

  /**
   * Under SnapStart, Lambda provides no access keys in variables, which the snapshot would keep.
   *
   * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html">Activating
   *     and managing Lambda SnapStart</a>
   */
  private static AwsCredentialsProvider credentials() {
    return System.getenv("AWS_CONTAINER_CREDENTIALS_FULL_URI") == null
        ? EnvironmentVariableCredentialsProvider.create()
        : ContainerCredentialsProvider.create();
  }
}
