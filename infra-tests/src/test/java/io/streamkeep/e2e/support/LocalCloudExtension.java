package io.streamkeep.e2e.support;

import static java.util.Objects.requireNonNull;

import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.LocalCloudBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Deploys the project's template in a local cloud that a test class shares with its nested ones.
 */
public final class LocalCloudExtension implements BeforeAllCallback {

  public static final Path TEMPLATE = Path.of("..", "template.yaml");

  /** The API's document, which the template includes. */
  public static final Path API = TEMPLATE.resolveSibling("functions/api.yaml");

  private final UnaryOperator<LocalCloudBuilder> settings;
  private @Nullable LocalCloud cloud;

  public LocalCloudExtension() {
    this(cloud -> cloud);
  }

  public LocalCloudExtension(UnaryOperator<LocalCloudBuilder> settings) {
    this.settings = settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // Enough for cold starts on a busy machine; everything else takes milliseconds.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    // A nested class sees its outer class's store, which closes the cloud after that class.
    cloud =
        context
            .getStore(Namespace.create(LocalCloudExtension.class))
            .getOrComputeIfAbsent("cloud", key -> start(), LocalCloud.class);
  }

  private LocalCloud start() {
    try {
      return settings.apply(LocalCloud.of(TEMPLATE).prewarm(true).log(System.out::println)).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public LocalCloud cloud() {
    return requireNonNull(cloud);
  }

  /** Waits until the views show all orders. */
  public void awaitViews() {
    ViewsCheck check = new ViewsCheck(backend());
    check.awaitViews(check.streams().size());
  }

  public Backend backend() {
    return new LocalBackend(cloud());
  }

  public Api api() {
    return new Api(cloud().apiUrl());
  }
}
