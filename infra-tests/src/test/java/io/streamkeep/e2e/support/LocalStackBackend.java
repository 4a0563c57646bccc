package io.streamkeep.e2e.support;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.deployment.ReleaseId;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.Template;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The template in LocalStack, deployed by CloudFormation, its functions in containers. */
public final class LocalStackBackend implements Backend, AutoCloseable {

  private static final String STACK = "streamkeep";
  private static final AwsBasicCredentials TEST = AwsBasicCredentials.create("test", "test");

  private final LocalStack localStack = new LocalStack();
  private final Map<String, JsonObject> resources;
  private final DynamoDbClient dynamoDb;
  private final SqsClient sqs;

  LocalStackBackend() {
    try {
      resources = deploy();
      dynamoDb = dynamoDbAs(TEST);
      sqs =
          client(SqsClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), TEST)
              .build();
      localStack.assertNothingElsePretended(STACK);
    } catch (IOException | RuntimeException | Error e) {
      localStack.close();
      throw new AssertionError("Not deployed", e);
    }
  }

  private Map<String, JsonObject> deploy() throws IOException {
    localStack.copy(LocalCloudExtension.API, "functions/api.yaml");
    for (FunctionSpec function : Template.read(LocalCloudExtension.TEMPLATE).functions()) {
      Path root = LocalCloudExtension.TEMPLATE.toAbsolutePath().normalize().getParent();
      Path code = function.code().toAbsolutePath().normalize();
      localStack.copy(code, requireNonNull(root).relativize(code).toString());
    }
    localStack.deploy(
        STACK,
        withFewReceives(Files.readString(LocalCloudExtension.TEMPLATE)),
        "ReleaseId=" + ReleaseId.of(LocalCloudExtension.TEMPLATE, List.of()),
        "WithDashboard=true");
    return localStack.resources(STACK).stream()
        .collect(
            Collectors.toMap(
                resource -> resource.getString("LogicalResourceId"), Function.identity()));
  }

  /** Gives up a message after 30 s instead of 51 min, since LocalStack's time can't be advanced. */
  private static String withFewReceives(String template) {
    String production = "maxReceiveCount: 10\n";
    assertThat(template).containsOnlyOnce(production);
    return template.replace(production, "maxReceiveCount: 2\n");
  }

  public LocalStack localStack() {
    return localStack;
  }

  /** Physical ids by logical id, including those of resources that SAM's transform added. */
  Map<String, String> physical() {
    return resources.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> entry.getValue().getString("PhysicalResourceId")));
  }

  /** The physical id of a resource of the template. */
  String physical(String logicalId) {
    return requireNonNull(resources.get(logicalId), logicalId).getString("PhysicalResourceId");
  }

  private URI endpoint(String path) {
    return URI.create(localStack.container().getEndpoint() + path);
  }

  @Override
  public URI apiUrl() {
    String stage =
        resources.values().stream()
            .filter(resource -> resource.getString("ResourceType").endsWith("ApiGateway::Stage"))
            .map(resource -> resource.getString("PhysicalResourceId"))
            .collect(Collectors.joining());
    return endpoint("/_aws/execute-api/" + physical("Api") + "/" + stage);
  }

  @Override
  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  DynamoDbClient dynamoDbAs(AwsBasicCredentials user) {
    return client(
            DynamoDbClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()), user)
        .build();
  }

  private <B extends AwsClientBuilder<B, ?>> B client(B builder, AwsBasicCredentials user) {
    return builder
        .endpointOverride(endpoint(""))
        .region(Region.of(localStack.container().getRegion()))
        .credentialsProvider(StaticCredentialsProvider.create(user));
  }

  @Override
  public SqsClient sqs() {
    return sqs;
  }

  @Override
  public String tableName(String logicalId) {
    return physical(logicalId);
  }

  @Override
  public String queueUrl(String logicalId) {
    return physical(logicalId);
  }

  @Override
  public String invoke(String logicalId, String event) {
    // One call does not justify the SDK's Lambda module.
    Api.Response response =
        Api.send(
            HttpRequest.newBuilder(
                    endpoint(
                        "/2015-03-31/functions/"
                            + physical(logicalId)
                            + "/invocations?Qualifier=live"))
                .POST(HttpRequest.BodyPublishers.ofString(event)));
    assertThat(response.status()).as(response.text()).isEqualTo(200);
    assertThat(response.header("X-Amz-Function-Error")).as(response.text()).isEmpty();
    return response.text();
  }

  /** LocalStack starts a container for each concurrent request. */
  @Override
  public int maxConcurrentRequests() {
    return 6;
  }

  @Override
  public void close() {
    LocalStackLimit.print(System.out);
    dynamoDb.close();
    sqs.close();
    localStack.close();
  }
}
