package io.streamkeep.deployment;

import io.streamkeep.localcloud.template.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/**
 * The deploy command: {@code sam deploy} with the id of the release. The launcher has already built
 * what is stale.
 */
@Command(
    name = "deploy",
    mixinStandardHelpOptions = true,
    description = {
      "Deploys template.yaml to AWS as a release: changed code, template and parameters take effect"
          + " together.",
      "Parameters are those of samconfig.toml. All other options are passed on to sam deploy."
    })
public final class Deploy implements Callable<Integer> {
  private static final String RELEASE = "ReleaseId=";

  /** Options that would change what the release id was computed from, or save it. */
  private static final Set<String> REFUSED =
      Set.of("--parameter-overrides", "--template-file", "--template", "-t", "--guided", "-g");

  private final Path root;
  private final Sam sam;

  @Option(
      names = "--config-env",
      defaultValue = "default",
      paramLabel = "ENVIRONMENT",
      description = "An environment of samconfig.toml: default, which is dev, or prod.")
  private String environment = "default";

  @Option(
      names = "--config-file",
      paramLabel = "FILE",
      description = "A configuration file to use instead of samconfig.toml.")
  private @Nullable Path file;

  @Unmatched private List<String> options = new ArrayList<>();

  @Spec private @Nullable CommandSpec spec;

  public Deploy() {
    this(
        Path.of(System.getProperty("streamkeep.root", ".")).toAbsolutePath().normalize(),
        Deploy::run);
  }

  Deploy(Path root, Sam sam) {
    this.root = root;
    this.sam = sam;
  }

  /** SAM CLI. */
  @FunctionalInterface
  interface Sam {
    /**
     * Runs SAM CLI in a folder.
     *
     * @return its exit code
     */
    int run(Path folder, List<String> arguments) throws InterruptedException;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      return sam.run(root, arguments());
    } catch (DeployException | TemplateException | IOException e) {
      return fail(String.valueOf(e.getMessage()));
    }
  }

  private List<String> arguments() throws IOException {
    for (String option : options) {
      if (REFUSED.contains(option.split("=", 2)[0])) {
        throw new DeployException(
            option + " can't be used: a release is template.yaml and samconfig.toml as they are");
      }
    }
    Path config = file == null ? root.resolve("samconfig.toml") : file.toAbsolutePath();
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("deploy", "--config-env", environment));
    arguments.addAll(List.of("--config-file", config.toString()));
    arguments.addAll(options);
    arguments.add("--parameter-overrides");
    arguments.addAll(parameters(SamConfig.read(config)));
    return arguments;
  }

  private List<String> parameters(SamConfig config) throws IOException {
    List<String> parameters = new ArrayList<>(config.parameters(environment));
    if (!parameters.removeIf(parameter -> parameter.startsWith(RELEASE))) {
      throw new DeployException(
          config.file()
              + " needs \"ReleaseId=by-streamkeep-deploy\" for "
              + environment
              + ": without it a plain sam deploy would keep the id of the last release");
    }
    parameters.add(RELEASE + ReleaseId.of(root.resolve("template.yaml"), parameters));
    return parameters;
  }

  private static int run(Path folder, List<String> arguments) throws InterruptedException {
    List<String> command = new ArrayList<>(List.of("sam"));
    command.addAll(arguments);
    ProcessBuilder process = new ProcessBuilder(command).directory(folder.toFile()).inheritIO();
    try {
      return process.start().waitFor();
    } catch (IOException e) {
      throw new DeployException(
          "SAM CLI can't be started; install it or add it to PATH: " + e.getMessage());
    }
  }

  private int fail(String message) {
    Objects.requireNonNull(spec).commandLine().getErr().println("streamkeep deploy: " + message);
    Objects.requireNonNull(spec).commandLine().getErr().flush();
    return 1;
  }
}
