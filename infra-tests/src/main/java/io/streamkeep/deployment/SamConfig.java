package io.streamkeep.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** SAM CLI's configuration file: the settings of {@code sam deploy} by environment. */
record SamConfig(Path file, JsonNode root) {

  static SamConfig read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DeployException("there is no file " + file);
    }
    return new SamConfig(file, new TomlMapper().readTree(file.toFile()));
  }

  /** An environment's parameters as {@code Name=value}. */
  List<String> parameters(String environment) {
    JsonNode overrides = root.path(environment).at("/deploy/parameters/parameter_overrides");
    if (!overrides.isArray()) {
      throw new DeployException(
          "%s has no list parameter_overrides for %s".formatted(file, environment));
    }
    List<String> parameters = new ArrayList<>();
    overrides.forEach(parameter -> parameters.add(parameter.asText()));
    return List.copyOf(parameters);
  }
}
