package io.streamkeep.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import io.streamkeep.kernel.internal.Sha256;
import io.streamkeep.localcloud.template.TemplateDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HexFormat;

/**
 * The id of a release: a hash of everything that decides how its functions behave. SAM publishes a
 * version of each function when this id changes, and otherwise keeps the existing one.
 */
public final class ReleaseId {
  private ReleaseId() {}

  /**
   * Hashes a template with the files that it includes, the artifacts of its functions, and the
   * values of its parameters.
   *
   * @param parameters as {@code Name=value}, in any order
   * @return 64 hexadecimal digits
   */
  public static String of(Path template, Collection<String> parameters) throws IOException {
    JsonNode document = TemplateDocument.read(template).root();
    ByteArrayOutputStream hashes = new ByteArrayOutputStream();
    hashes.writeBytes(Sha256.of(document.toString()));
    for (JsonNode resource : document.path("Resources")) {
      JsonNode code = resource.at("/Properties/CodeUri");
      if (code.isTextual()) {
        Path artifact = template.toAbsolutePath().resolveSibling(code.textValue());
        if (!Files.isRegularFile(artifact)) {
          throw new DeployException(artifact + " is missing: build it first");
        }
        hashes.writeBytes(Sha256.of(Files.readAllBytes(artifact)));
      }
    }
    parameters.stream().sorted().map(Sha256::of).forEach(hashes::writeBytes);
    return HexFormat.of().formatHex(Sha256.of(hashes.toByteArray()));
  }
}
