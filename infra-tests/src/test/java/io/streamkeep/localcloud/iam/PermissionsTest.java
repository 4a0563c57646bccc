package io.streamkeep.localcloud.iam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamkeep.localcloud.iam.Permissions.Used;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Permissions that are granted but not used are found, and accesses that are not granted. */
@Tag("fast")
class PermissionsTest {
  private static final String GROUP = "arn:aws:logs:r:0:log-group:g";

  private static Permissions permissions(String action, String resource) {
    Role role = new Role("role", List.of(new Role.Statement(List.of(action), List.of(resource))));
    return new Permissions(
        List.of(
            new Principal("Fn", "arn:fn", role),
            new Principal("Other", "arn:other", new Role("none", List.of()))));
  }

  private static List<Used> granted(String action, String resource) {
    return List.of(new Used("Fn", new Access(action, resource)));
  }

  @Test
  void exactGrantIsUsed() {
    Permissions permissions = permissions("db:Put", "arn:t/a");
    assertThat(permissions.unused()).isEqualTo(granted("db:Put", "arn:t/a"));

    permissions.use("Fn", new Access("db:put", "arn:t/a"));

    assertThat(permissions.unused()).isEmpty();
    assertThat(permissions.refused()).isEmpty();
  }

  @Test
  void askingIsNotUsing() {
    Permissions permissions = permissions("db:Put", "arn:t/a");
    assertThat(permissions.allows("Fn", new Access("db:Put", "arn:t/a"))).isTrue();
    assertThat(permissions.unused()).hasSize(1);
  }

  @Test
  void widerGrantIsNotUsedByTheAccessesItIncludes() {
    Permissions wideAction = permissions("db:*", "arn:t/a");
    wideAction.use("Fn", new Access("db:Put", "arn:t/a"));
    assertThat(wideAction.unused()).isEqualTo(granted("db:*", "arn:t/a"));

    Permissions wideResource = permissions("db:Put", "arn:t/*");
    wideResource.use("Fn", new Access("db:Put", "arn:t/a"));
    assertThat(wideResource.unused()).isEqualTo(granted("db:Put", "arn:t/*"));
  }

  @Test
  void logStreamIsGrantedWithItsGroup() {
    Permissions permissions = permissions("logs:PutLogEvents", GROUP + ":*");
    permissions.use("Fn", new Access("logs:PutLogEvents", GROUP + ":log-stream:[1]abc"));
    assertThat(permissions.unused()).isEmpty();
  }

  @Test
  void accessThatIsNotGrantedIsRefused_inAwsWords() {
    Permissions permissions = permissions("db:Put", "arn:t/a");
    assertThatExceptionOfType(AccessDeniedException.class)
        .isThrownBy(() -> permissions.use("Other", new Access("db:Put", "arn:t/a")))
        .withMessage(
            "User: arn:other is not authorized to perform: db:Put on resource: arn:t/a"
                + " because no identity-based policy allows the db:Put action");
    assertThat(permissions.refused())
        .containsExactly(new Used("Other", new Access("db:Put", "arn:t/a")));
    assertThat(permissions.unused()).hasSize(1);
  }
}
