package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.LocalBackend;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.e2e.support.ViewsCheck;
import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.Permissions.Used;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An excess and a missing permission are both found, with the template broken either way. */
@Tag("slow")
final class LeastPrivilegeCanFailTest {

  private static final String GRANTED = "[dynamodb:Query, dynamodb:PutItem]";
  private static final String TABLE =
      "arn:aws:dynamodb:us-east-1:000000000000:table/streamkeep-EventsTable";

  @TempDir private Path folder = Path.of("");

  @Test
  void excessPermission_isReportedAsUnused() throws IOException {
    try (LocalCloud cloud = granting("[dynamodb:Query, dynamodb:PutItem, dynamodb:DeleteItem]")) {
      new Api(cloud.apiUrl()).sell("one-too-many");

      assertThat(cloud.permissions().unused())
          .filteredOn(unused -> unused.function().equals("CommandFunction"))
          .containsExactly(command("dynamodb:DeleteItem"));
      assertThat(cloud.permissions().refused()).isEmpty();
    }
  }

  @Test
  void missingPermission_isReportedAsRefused() throws IOException {
    try (LocalCloud cloud = granting("[dynamodb:Query]")) {
      Api.Response response =
          new Api(cloud.apiUrl()).post("/orders", Api.order("one-too-few", Api.LINE));

      assertThat(response.status()).isEqualTo(500);
      assertThat(response.text()).doesNotContain("dynamodb");
      assertThat(cloud.permissions().refused()).containsExactly(command("dynamodb:PutItem"));
      assertThat(new ViewsCheck(new LocalBackend(cloud)).streams()).isEmpty();
    }
  }

  private static Used command(String action) {
    return new Used("CommandFunction", new Access(action, TABLE));
  }

  /** The template with other actions of the command function on the event table. */
  private LocalCloud granting(String actions) throws IOException {
    String template = Files.readString(LocalCloudExtension.TEMPLATE);
    assertThat(template.indexOf(GRANTED)) // the first is the command function's
        .isBetween(template.indexOf("  CommandPolicy:"), template.indexOf("  ProjectionFunction:"));
    String root =
        LocalCloudExtension.TEMPLATE.toAbsolutePath().resolveSibling("functions").toString();
    Path broken =
        Files.writeString(
            folder.resolve("template.yaml"),
            template
                .replaceFirst(Pattern.quote(GRANTED), actions)
                .replace(": functions/", ": " + root + "/"));
    return LocalCloud.of(broken).start();
  }
}
