package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.e2e.support.Problems;
import io.streamkeep.localcloud.LocalCloud;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A function whose timeout is shorter than a write may take, as near any deadline. */
@Tag("slow")
final class DeadlineExceededTest {

  private static Path inFourSeconds(Path folder) throws IOException {
    String template = Files.readString(LocalCloudExtension.TEMPLATE);
    String root =
        LocalCloudExtension.TEMPLATE.toAbsolutePath().resolveSibling("functions").toString();
    assertThat(template).containsOnlyOnce(" Timeout: 20\n");
    return Files.writeString(
        folder.resolve("template.yaml"),
        template
            .replace(" Timeout: 20\n", " Timeout: 4\n")
            .replace(": functions/", ": " + root + "/"));
  }

  @Test
  void write_isNotStarted_whenDeadlineIsTooClose(@TempDir Path folder) throws IOException {
    try (LocalCloud cloud = LocalCloud.of(inFourSeconds(folder)).prewarm(true).start()) {
      Api api = new Api(cloud.apiUrl());

      // A cold start on a busy machine may take its four seconds.
      Response response =
          await()
              .atMost(Duration.ofMinutes(1))
              .until(
                  () -> api.post("/orders", Api.order("late", Api.LINE)),
                  late -> late.status() != 502);

      Problems.assertProblem(response, 503, "out-of-time");
      assertThat(response.header("Retry-After")).isEqualTo("1");
      assertThat(cloud.calls().count("CommandFunction", "DynamoDB.PutItem")).isZero();
    }
  }
}
