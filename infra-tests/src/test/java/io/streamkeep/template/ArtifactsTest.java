package io.streamkeep.template;

import static io.streamkeep.template.TemplateTree.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.Context;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The artifacts and handlers that the template names are what the build made. */
@Tag("slow")
final class ArtifactsTest {

  @Test
  void artifactsContainTheirHandlers() throws IOException {
    assertThat(missing(TemplateTest.FILE)).isEmpty();
  }

  @Test
  void missingArtifactsClassesAndMethodsAreReported(@TempDir Path folder) throws IOException {
    BrokenTemplate template = new BrokenTemplate(folder);

    assertThat(missing(template.with("target/query.jar", "target/inquiry.jar")))
        .containsExactly("QueryFunction: no artifact functions/query/target/inquiry.jar");
    assertThat(missing(template.with("query.QueryFunction", "query.InquiryFunction")))
        .containsExactly("QueryFunction: no class io.streamkeep.functions.query.InquiryFunction");
    assertThat(missing(template.with("query.QueryFunction", "query.QueryFunction::answer")))
        .containsExactly("QueryFunction: no method answer");
  }

  private static List<String> missing(Path template) throws IOException {
    return TemplateTree.of(template).functions().entrySet().stream()
        .flatMap(
            function ->
                missing(function.getValue()).map(what -> function.getKey() + ": " + what).stream())
        .toList();
  }

  private static Optional<String> missing(JsonObject function) {
    Path artifact = TemplateTest.FILE.resolveSibling(text(function, "CodeUri"));
    if (!Files.isRegularFile(artifact)) {
      return Optional.of("no artifact " + text(function, "CodeUri"));
    }
    String[] handler = text(function, "Handler").split("::", 2);
    // From the artifact and the JDK only.
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {artifact.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = Class.forName(handler[0], false, loader);
      Class<?> context = Class.forName(Context.class.getName(), false, loader);
      type.getMethod(
          handler.length == 1 ? "handleRequest" : handler[1],
          InputStream.class,
          OutputStream.class,
          context);
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.of("no class " + e.getMessage());
    } catch (NoSuchMethodException e) {
      return Optional.of("no method " + handler[1]);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
