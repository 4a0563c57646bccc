package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.store.CommandId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class IdempotencyKeyTest {

  private static final String ROLE = "arn:aws:sts::111122223333:assumed-role/shop";

  private static CommandId command(String arn, String... tenant) {
    return IdempotencyKey.of(
        Requests.of(
            arn,
            tenant.length == 0
                ? new String[] {"Idempotency-Key", "key-1"}
                : new String[] {"Idempotency-Key", "\"key-1\"", "X-Tenant-Id", tenant[0]}));
  }

  @Test
  void keyIsScopedToSignerAndTenant() {
    List<CommandId> callers =
        List.of(
            command(""),
            command("", "a"),
            command("arn:aws:iam::111122223333:user/a"),
            command("arn:aws:iam::111122223333:user/a", "a"),
            command("arn:aws:iam::111122223333:user/a", "b"),
            command("arn:aws:iam::111122223333:user/b"),
            command(ROLE + "/a"),
            command("arn:aws:sts::111122223333:assumed-role/shops/a"),
            command("arn:aws:sts::111122223333:federated-user/a"),
            command("arn:aws:sts::111122223333:federated-user/b"));

    assertThat(callers).doesNotHaveDuplicates();
    assertThat(callers.getFirst()).isEqualTo(new CommandId("key-1"));
  }

  /** A service is one caller, whichever of its instances retries. */
  @Test
  void keyIsSharedByAllSessionsOfARole() {
    assertThat(command(ROLE + "/task-1")).isEqualTo(command(ROLE + "/task-2"));
    assertThat(command("arn:aws-cn:sts::1:assumed-role/shop/a"))
        .isEqualTo(command("arn:aws-cn:sts::1:assumed-role/shop/b"));
  }
}
