package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.template.PhysicalNames;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;

/** SDK clients of the services on loopback. */
final class LoopbackClients {
  /** The access key of the account's administrator. */
  static final String ADMINISTRATOR = "local";

  private LoopbackClients() {}

  static <B extends AwsClientBuilder<B, ?> & AwsSyncClientBuilder<B, ?>> B configure(
      B builder, URI endpoint) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(PhysicalNames.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ADMINISTRATOR, "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder());
  }
}
