package io.streamkeep.e2e;

import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.LocalCloudBuilder;

import static java.util.Objects.requireNonNull;

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

/** The project's own template in a local cloud of the test class's own, nested ones included. */
final class Deployed implements BeforeAllCallback {

  static final Path TEMPLATE = Path.of("..", "template.yaml");

  private final UnaryOperator<LocalCloudBuilder> settings;
  private @Nullable LocalCloud cloud;

  Deployed() {
    this(cloud -> cloud);
  }

  Deployed(UnaryOperator<LocalCloudBuilder> settings) {
    this.settings = settings;
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    // Enough for cold starts on a busy machine; what is awaited comes in milliseconds otherwise.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    // A nested class sees its outer class's store; what is in it is closed with that class.
    cloud =
        context
            .getStore(Namespace.create(Deployed.class))
            .getOrComputeIfAbsent("cloud", key -> start(), LocalCloud.class);
  }

  private LocalCloud start() {
    try {
      return settings.apply(LocalCloud.of(TEMPLATE).prewarm(true).log(System.out::println)).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  LocalCloud cloud() {
    return requireNonNull(cloud);
  }

  /** Waits until the views are up to date with all orders there are. */
  void awaitViews() {
    ViewsCheck check = new ViewsCheck(backend());
    check.awaitViews(check.streams().size());
  }

  Backend backend() {
    return new LocalBackend(cloud());
  }

  Api api() {
    return new Api(cloud().apiUrl());
  }
}
