package io.streamkeep.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The deploy command passes sam deploy the id of exactly what it deploys. */
@Tag("fast")
final class DeployTest {

  private static final Path PROJECT = Path.of("..").toAbsolutePath().normalize();

  @TempDir private Path root;

  private final StringWriter errors = new StringWriter();
  private int exitCode;

  @BeforeEach
  void writeProject() throws IOException {
    write(
        "template.yaml",
        """
        Transform: [AWS::LanguageExtensions, AWS::Serverless-2016-10-31]
        Resources:
          Api:
            Type: AWS::Serverless::Api
            Properties:
              DefinitionBody:
                Fn::Transform: {Name: AWS::Include, Parameters: {Location: api.yaml}}
          QueryFunction:
            Type: AWS::Serverless::Function
            Properties: {CodeUri: query.jar, Timeout: 20}
        """);
    write("api.yaml", "openapi: 3.0.1\n");
    write("query.jar", "code");
    write(
        "samconfig.toml",
        """
        version = 0.1
        [default.deploy.parameters]
        stack_name = "streamkeep-dev"
        parameter_overrides = ["Stage=dev", 'AlarmEmail=""', "ReleaseId=by-streamkeep-deploy"]
        [prod.deploy.parameters]
        stack_name = "streamkeep-prod"
        parameter_overrides = [
          "Stage=prod", # the environment
          "ReleaseId=by-streamkeep-deploy",
          "FeedPartitions=4",
        ]
        """);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(root.resolve(file), text);
  }

  /** Deploys; returns the arguments that SAM CLI gets. */
  private List<String> deploy(Path folder, String... arguments) {
    List<String> received = new ArrayList<>();
    Deploy command =
        new Deploy(
            folder,
            (where, passed) -> {
              assertThat(where).isEqualTo(folder);
              received.addAll(passed);
              return 7;
            });
    exitCode = new CommandLine(command).setErr(new PrintWriter(errors)).execute(arguments);
    return received;
  }

  private String releaseId(String... arguments) {
    List<String> passed = deploy(root, arguments);
    assertThat(passed).as(errors.toString()).isNotEmpty();
    assertThat(passed.getLast()).matches("ReleaseId=[0-9a-f]{64}");
    return passed.getLast();
  }

  @Test
  void deploy_passesParametersOptionsAndReleaseId() {
    assertThat(deploy(root, "--config-env", "prod", "--no-confirm-changeset", "--profile", "shop"))
        .startsWith("deploy", "--config-env", "prod", "--config-file", root + "/samconfig.toml")
        .containsSubsequence(
            "--no-confirm-changeset",
            "--profile",
            "shop",
            "--parameter-overrides",
            "Stage=prod",
            "FeedPartitions=4")
        .doesNotContain("ReleaseId=by-streamkeep-deploy");
    assertThat(exitCode).isEqualTo(7);
    assertThat(deploy(root)).contains("Stage=dev", "AlarmEmail=\"\"");
  }

  @Test
  void releaseId_isTheSame_whenNothingChanges() throws IOException {
    String before = releaseId();
    write("query.jar", "code");
    write("README.md", "unrelated");

    assertThat(releaseId("--no-progressbar")).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "query.jar, code, other code",
    "api.yaml, 3.0.1, 3.0.2",
    "template.yaml, Timeout: 20, Timeout: 19",
    "samconfig.toml, Stage=dev, Stage=test",
  })
  void releaseId_changes_whenPartOfTheReleaseChanges(String file, String part, String replacement)
      throws IOException {
    String before = releaseId();
    String text = Files.readString(root.resolve(file));
    assertThat(text).contains(part);
    write(file, text.replace(part, replacement));

    assertThat(releaseId()).isNotEqualTo(before);
  }

  @Test
  void releaseId_isTheSame_whenAnotherEnvironmentOrOnlyACommentChanges() throws IOException {
    String before = releaseId();
    String config = Files.readString(root.resolve("samconfig.toml"));
    write("samconfig.toml", config.replace("FeedPartitions=4", "FeedPartitions=8"));
    write("template.yaml", "# a comment\n" + Files.readString(root.resolve("template.yaml")));

    assertThat(releaseId()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--parameter-overrides=FeedPartitions=8",
        "--parameter-overrides",
        "--template-file",
        "-t",
        "--guided",
        "-g"
      })
  void deploy_refusesOptionsThatChangeTheRelease(String option) {
    assertThat(deploy(root, option, "FeedPartitions=8")).isEmpty();
    assertThat(exitCode).isEqualTo(1);
    assertThat(errors.toString()).startsWith("streamkeep deploy: " + option + " can't be used");
  }

  @ParameterizedTest
  @CsvSource({
    "default, needs \"ReleaseId=by-streamkeep-deploy\" for default",
    "test, has no list parameter_overrides for test",
  })
  void deploy_refusesIncompleteConfiguration(String environment, String problem)
      throws IOException {
    String config = Files.readString(root.resolve("samconfig.toml"));
    write("samconfig.toml", config.replace(", \"ReleaseId=by-streamkeep-deploy\"", ""));

    assertThat(deploy(root, "--config-env", environment)).isEmpty();
    assertThat(exitCode).isEqualTo(1);
    assertThat(errors.toString()).contains(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"query.jar", "samconfig.toml"})
  void deploy_namesTheFileThatIsMissing(String file) throws IOException {
    Files.delete(root.resolve(file));

    assertThat(deploy(root)).isEmpty();
    assertThat(errors.toString()).contains(root.resolve(file).toString());
  }

  /** CloudFormation refuses this value when sam deploy is run without the command. */
  @ParameterizedTest
  @ValueSource(strings = {"default", "prod"})
  void projectsConfiguration_hasNoValidReleaseId(String environment) throws IOException {
    assertThat(SamConfig.read(PROJECT.resolve("samconfig.toml")).parameters(environment))
        .contains("ReleaseId=by-streamkeep-deploy");
    assertThat(Files.readString(PROJECT.resolve("template.yaml")))
        .containsPattern(
            "ReleaseId:\\n    Type: String\\n    AllowedPattern: \"\\[0-9a-f]\\{64}\"");
  }

  /** CloudFormation passes a stack's tags on to all its resources. */
  @ParameterizedTest
  @CsvSource({"default, dev", "prod, prod"})
  void projectsConfiguration_tagsTheStack(String environment, String stage) throws IOException {
    JsonNode settings = SamConfig.read(PROJECT.resolve("samconfig.toml")).root().path(environment);

    assertThat(settings.at("/deploy/parameters/tags").asText())
        .isEqualTo("application=streamkeep stage=" + stage);
  }
}
