package io.streamkeep.localcloud.iam;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An execution role. It denies everything that none of its statements allows. */
public record Role(String name, List<Statement> statements) {
  boolean allows(Access access) {
    return statements.stream().anyMatch(statement -> statement.allows(access));
  }

  Stream<Access> grants() {
    return statements.stream().flatMap(Statement::grants);
  }

  /** A statement, which allows each of its actions on each of its resources. */
  public record Statement(List<String> actions, List<String> resources) {

    boolean allows(Access access) {
      // IAM ignores the case of actions, but not of resources
      return actions.stream()
              .anyMatch(action -> matches(action, Pattern.CASE_INSENSITIVE, access.action()))
          && resources.stream().anyMatch(resource -> matches(resource, 0, access.resource()));
    }

    private static boolean matches(String wildcards, int flags, String text) {
      String quoted = Pattern.quote(wildcards).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
      return Pattern.compile(quoted, flags).matcher(text).matches();
    }

    Stream<Access> grants() {
      return actions.stream()
          .flatMap(action -> resources.stream().map(resource -> new Access(action, resource)));
    }
  }
}
