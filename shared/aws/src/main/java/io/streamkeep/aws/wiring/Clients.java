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
 * The SDK's clients as a function uses them. Region and credentials are what Lambda's environment
 * variables say; every other choice that the SDK would look around for is made here, since looking
 * costs at cold start. A client connects and fetches credentials when it is first used.
 */
public final class Clients {

  /** The longest that a call takes, with all of the SDK's own tries, before it fails. */
  public static final Duration CALL_TIME = Duration.ofSeconds(5);

  private static final int TRIES = 5;
  private static final Duration FIRST_WAIT = Duration.ofMillis(50);
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private Clients() {}

  /** One for work before a snapshot: it leaves no open connection behind. */
  public static <C, B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>> C forPriming(
      B builder) {
    return of(builder, ClientOverrideConfiguration.builder().putHeader("Connection", "close"));
  }

  /** Names no service, so that a function's artifact has the client of no other than it uses. */
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

  /** Waits after a throttled try are short: in sum less than a second, then the caller is told. */
  private static RetryStrategy retries() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(TRIES)
        .throttlingBackoffStrategy(BackoffStrategy.exponentialDelay(FIRST_WAIT, LONGEST_WAIT))
        .build();
  }

  /**
   * With SnapStart there are no access keys in variables, which would be in the snapshot.
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
