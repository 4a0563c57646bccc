package io.streamkeep.localcloud.iam;

import java.util.List;
import java.util.stream.Stream;

/** An execution role, which denies whatever none of its statements allows. */
public record Role(String name, List<Statement> statements) {
  boolean allows(Access access) {
    return statements.stream().anyMatch(statement -> statement.allows(access));
  }

  Stream<Access> grants() {
    return statements.stream().flatMap(Statement::grants);
  }
}
