package io.streamkeep.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Artifact;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.LocalBackend;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.e2e.support.Queues;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function's artifact contains only libraries of which the function loads a class. */
@Tag("slow")
final class ArtifactContentTest {

  private static final Path ROOT = Path.of("..");
  private static final List<String> LOADED = new ArrayList<>();

  @BeforeAll
  static void work(@TempDir Path logs) throws IOException {
    String logging = "-Xlog:class+load:file=\"" + logs.resolve("%p.log") + "\"";
    try (LocalCloud cloud =
        LocalCloud.of(LocalCloudExtension.TEMPLATE)
            .runtime(RuntimeProgram.portableClient().options(List.of(logging)))
            .start()) {
      work(new LocalBackend(cloud));
    }
    try (Stream<Path> files = Files.list(logs)) {
      for (Path file : files.toList()) {
        LOADED.addAll(Files.readAllLines(file));
      }
    }
  }

  /** Exercises commands, views, lists, history, redelivery, redrive and the reconciler. */
  private static void work(Backend backend) {
    Api api = Api.of(backend);
    String order = api.sell("14479");
    new ViewsCheck(backend).awaitViewsOf(Set.of(order));
    for (String path :
        List.of(
            "/orders/" + order,
            "/orders/" + order + "/events",
            "/customers/14479/orders",
            "/feed?partition=0",
            "/operations/parked")) {
      assertThat(api.get(path).status()).isEqualTo(200);
    }
    Queues queues = new Queues(backend);
    queues.send(
        "RedeliveryQueue",
        "{\"subscriber\":\"order\",\"stream\":\"order#%s\",\"commit\":2}".formatted(order));
    queues.awaitRedelivery();
    assertThat(api.post("/operations/parked/redrive?all=true", "").status()).isEqualTo(200);
    assertThat(backend.invoke("ReconcilerFunction", "{}")).isEqualTo("{}");
  }

  @Test
  void artifact_containsOnlyUsedLibraries() throws IOException {
    for (Artifact artifact : Artifact.all(ROOT).values()) {
      assertThat(artifact.libraries())
          .as(artifact.toString())
          .isNotEmpty()
          .isEqualTo(artifact.loaded(LOADED));
    }
  }

  @Test
  void unusedLibrary_isDetected() throws IOException {
    List<String> withoutSqs = LOADED.stream().filter(line -> !line.contains(".sqs.")).toList();
    Artifact projection = requireNonNull(Artifact.all(ROOT).get("projection"));
    assertThat(projection.libraries()).isNotEqualTo(projection.loaded(withoutSqs));
  }
}
