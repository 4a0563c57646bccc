package io.streamkeep.e2e;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The project's own template in LocalStack, deployed once for all test classes. */
public final class OnLocalStack implements BeforeAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(OnLocalStack.class);

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

  Backend backend() {
    return localStack();
  }

  LocalStackBackend localStack() {
    return requireNonNull(backend);
  }
}
