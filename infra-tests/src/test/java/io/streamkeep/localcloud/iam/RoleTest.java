package io.streamkeep.localcloud.iam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A role allows what one of its statements allows, and nothing else. */
@Tag("fast")
class RoleTest {

  @ParameterizedTest(name = "{0} on {1} allows {2} on {3}: {4}")
  @CsvSource({
    "db:Put,    arn:t/a,    db:Put,     arn:t/a,       true",
    "db:Put,    arn:t/a,    db:put,     arn:t/a,       true",
    "DB:PUT,    arn:t/a,    db:Put,     arn:t/a,       true",
    "db:Put,    arn:t/a,    db:Put,     arn:T/A,       false",
    "db:Put,    arn:t/a,    db:Get,     arn:t/a,       false",
    "db:Put,    arn:t/a,    db:PutItem, arn:t/a,       false",
    "db:Put,    arn:t/a,    db:Put,     arn:t/a/index, false",
    "db:Put*,   arn:t/a,    db:PutItem, arn:t/a,       true",
    "db:Put*,   arn:t/a,    db:Put,     arn:t/a,       true",
    "db:?ut,    arn:t/a,    db:Put,     arn:t/a,       true",
    "db:?ut,    arn:t/a,    db:Input,   arn:t/a,       false",
    "*,         *,          db:Put,     arn:t/a,       true",
    "db:*,      arn:t/*,    db:Put,     arn:t/a/b,     true",
    "db:*,      arn:t/*,    mq:Put,     arn:t/a,       false",
    "db:Put,    arn:t/*/x,  db:Put,     arn:t/a/b/x,   true",
    "db:Put,    arn:t.a,    db:Put,     arn:t/a,       false",
    "db:Put,    arn:t/[a]+, db:Put,     arn:t/[a]+,    true",
  })
  void allows(String action, String resource, String tried, String on, boolean allowed) {
    Role role =
        new Role(
            "role",
            List.of(
                new Role.Statement(List.of("other:Action"), List.of("*")),
                new Role.Statement(List.of("other:Action", action), List.of("other", resource))));

    assertThat(role.allows(new Access(tried, on))).isEqualTo(allowed);
  }

  @Test
  void roleWithoutStatementsAllowsNothing() {
    assertThat(new Role("role", List.of()).allows(new Access("db:Put", "arn:t/a"))).isFalse();
  }
}
