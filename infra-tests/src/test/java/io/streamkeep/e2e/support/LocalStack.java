package io.streamkeep.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonStructure;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.Container.ExecResult;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A LocalStack container, and AWS's own command line in it. The images are those of {@code
 * streamkeep.localstack.image} and {@code streamkeep.lambda.image}, system properties that may also
 * be environment variables (upper case, underscores).
 */
public final class LocalStack implements AutoCloseable {

  private static final String IMAGE = "localstack/localstack:4.14.0";
  private static final String FOLDER = "/opt/deployment/";

  private final LocalStackContainer container;

  LocalStack() {
    requireDocker();
    DockerImageName image =
        DockerImageName.parse(setting("streamkeep.localstack.image").orElse(IMAGE));
    container =
        new LocalStackContainer(image.asCompatibleSubstituteFor("localstack/localstack"))
            // The template's architecture may not be this machine's.
            .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
            // The newer engine checks references before SAM's transform adds the aliases.
            .withEnv("PROVIDER_OVERRIDE_CLOUDFORMATION", "engine-legacy")
            .withStartupTimeout(Duration.ofMinutes(3));
    setting("streamkeep.lambda.image")
        .ifPresent(
            runtime ->
                container.withEnv(
                    "LAMBDA_RUNTIME_IMAGE_MAPPING", "{\"java25\":\"" + runtime + "\"}"));
    Optional.ofNullable(System.getenv("LOCALSTACK_AUTH_TOKEN"))
        .ifPresent(token -> container.withEnv("LOCALSTACK_AUTH_TOKEN", token));
    container.start();
  }

  private static void requireDocker() {
    if (!DockerClientFactory.instance().isDockerAvailable()) {
      throw new IllegalStateException(
          "No Docker engine runs: start one, or run mvn verify without the profile.");
    }
  }

  private static Optional<String> setting(String property) {
    return Optional.ofNullable(System.getProperty(property))
        .filter(value -> !value.isEmpty())
        .or(
            () ->
                Optional.ofNullable(
                    System.getenv(property.toUpperCase(Locale.ROOT).replace('.', '_'))));
  }

  LocalStackContainer container() {
    return container;
  }

  /** Copies a file to a path relative to the template, where {@link #deploy} finds it. */
  void copy(Path file, String path) {
    container.copyFileToContainer(MountableFile.forHostPath(file), FOLDER + path);
  }

  /** Deploys one of the tests' own templates as a stack of the same name. */
  public void deployProbe(String stack) {
    try (InputStream in = LocalStack.class.getResourceAsStream(stack + ".yaml")) {
      deploy(stack, new String(requireNonNull(in, stack).readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Packages and deploys a template by CloudFormation, as one would to AWS.
   *
   * @param parameters as {@code Name=value}
   */
  void deploy(String stack, String template, String... parameters) {
    String overrides =
        parameters.length == 0 ? "" : " --parameter-overrides " + String.join(" ", parameters);
    container.copyFileToContainer(
        Transferable.of(template.getBytes(UTF_8)), FOLDER + stack + ".yaml");
    run(
        ("cd %1$s && awslocal s3 mb s3://%2$s && awslocal cloudformation package --s3-bucket %2$s"
                + " --template-file %2$s.yaml --output-template-file %2$s-packaged.yaml >package.log"
                + " && awslocal cloudformation deploy --s3-bucket %2$s --stack-name %2$s"
                + " --template-file %2$s-packaged.yaml --capabilities CAPABILITY_IAM"
                + " CAPABILITY_AUTO_EXPAND%3$s")
            .formatted(FOLDER, stack, overrides));
  }

  JsonStructure aws(String command) {
    String response = run("awslocal " + command + " --output json");
    try (JsonReader reader = Json.createReader(new StringReader(response))) {
      return reader.read();
    }
  }

  /** Runs a command in the container; it may contain double quotes only. */
  String run(String command) {
    // The timeout applies inside the container: an exec has none.
    String bounded = "timeout 240 sh -c '" + command + "'";
    try {
      ExecResult result = container.execInContainer("sh", "-c", bounded);
      if (result.getExitCode() != 0) {
        throw new AssertionError(
            bounded + "\n" + result.getStdout() + result.getStderr() + container.getLogs());
      }
      return result.getStdout();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(bounded, e);
    }
  }

  /** The types of a stack's resources that were reported as created but are missing. */
  private Set<String> pretended(String stack) {
    return resources(stack).stream()
        .filter(resource -> resource.getString("PhysicalResourceId").equals("unknown"))
        .map(resource -> resource.getString("ResourceType"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** LocalStack also lists resources without an id, which their condition excludes. */
  List<JsonObject> resources(String stack) {
    return aws("cloudformation describe-stack-resources --stack-name " + stack)
        .asJsonObject()
        .getJsonArray("StackResources")
        .getValuesAs(JsonObject.class)
        .stream()
        .filter(resource -> resource.containsKey("PhysicalResourceId"))
        .toList();
  }

  public void assertNothingElsePretended(String stack) {
    assertThat(pretended(stack))
        .as("resources that LocalStack only pretended to create")
        .isEqualTo(LocalStackLimit.PRETENDED);
  }

  /** Stops LocalStack, which then ends the functions' containers; a kill would leave them. */
  @Override
  public void close() {
    container.getDockerClient().stopContainerCmd(container.getContainerId()).withTimeout(30).exec();
    container.stop();
  }
}
