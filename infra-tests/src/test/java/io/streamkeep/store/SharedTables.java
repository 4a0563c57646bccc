package io.streamkeep.store;

import static java.util.Objects.requireNonNull;

import io.streamkeep.bench.Tables;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Creates the template's tables, without the functions, for all tests of a class. */
public final class SharedTables implements BeforeAllCallback, AfterAllCallback {

  private @Nullable Tables tables;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    tables = Tables.of(Path.of("..", "template.yaml"));
  }

  @Override
  public void afterAll(ExtensionContext context) {
    requireNonNull(tables).close();
  }

  public Tables tables() {
    return requireNonNull(tables);
  }

  DynamoDbClient client() {
    return tables().plain();
  }

  DynamoDbClient newClient(ExecutionInterceptor... interceptors) {
    return tables().client(interceptors);
  }
}
