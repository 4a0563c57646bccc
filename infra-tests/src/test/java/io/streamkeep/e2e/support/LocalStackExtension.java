package io.streamkeep.e2e.support;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** Deploys the project's template in LocalStack, once for all test classes. */
public final class LocalStackExtension implements BeforeAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(LocalStackExtension.class);

  private @Nullable LocalStackBackend backend;

  @Override
  public void beforeAll(ExtensionContext context) {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(60));
    backend =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(
                "backend", key -> new LocalStackBackend(), LocalStackBackend.class);
  }

  public Backend backend() {
    return localStack();
  }

  public LocalStackBackend localStack() {
    return requireNonNull(backend);
  }
}
