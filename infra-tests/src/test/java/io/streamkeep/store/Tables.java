package io.streamkeep.store;

import static java.util.Objects.requireNonNull;

import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.template.Names;
import io.streamkeep.localcloud.template.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The template's tables on DynamoDB Local, without the functions, for the tests of a class. */
final class Tables implements BeforeAllCallback, AfterAllCallback {

  static final String EVENTS = Names.physical("EventsTable");
  static final String VIEWS = Names.physical("ViewsTable");

  private @Nullable DynamoDbLocal database;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    DynamoDbLocal started =
        new DynamoDbLocal(
            Optional.empty(), new Permissions(List.of()), (caller, operation, phase) -> {});
    database = started;
    Template.read(Path.of("..", "template.yaml"))
        .tables()
        .forEach(table -> started.table(table.request()));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    requireNonNull(database).close();
  }

  DynamoDbClient client() {
    return requireNonNull(database).client();
  }

  DynamoDbClient newClient(ExecutionInterceptor... interceptors) {
    return requireNonNull(database).newClient(interceptors);
  }
}
