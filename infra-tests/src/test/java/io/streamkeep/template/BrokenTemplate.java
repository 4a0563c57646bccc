package io.streamkeep.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Copies of the template and the API's document, with some part replaced. */
record BrokenTemplate(Path folder) {

  /** The copied template; the part must be in one of the two files. */
  Path with(String part, String replacement) throws IOException {
    Path api = Path.of("functions", "api.yaml");
    String template = Files.readString(TemplateTest.FILE);
    String document = Files.readString(TemplateTest.FILE.resolveSibling(api));
    assertThat(template + document).contains(part);
    Files.createDirectories(folder.resolve(api).getParent());
    Files.writeString(folder.resolve(api), document.replace(part, replacement));
    return Files.writeString(folder.resolve("template.yaml"), template.replace(part, replacement));
  }
}
