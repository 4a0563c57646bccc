package io.streamkeep.e2e;

import static java.util.Objects.requireNonNull;

import io.streamkeep.localcloud.LocalCloud;
import io.streamkeep.localcloud.faults.Faults;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The project's own template in a local cloud of the test class's own. */
final class Deployed implements BeforeAllCallback, AfterAllCallback {

  static final Path TEMPLATE = Path.of("..", "template.yaml");

  private final Faults faults;
  private final Consumer<String> log;
  private @Nullable LocalCloud cloud;

  Deployed() {
    this(new Faults() {}, System.out::println);
  }

  Deployed(Faults faults, Consumer<String> log) {
    this.faults = faults;
    this.log = log;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    // Enough for cold starts on a busy machine; what is awaited comes in milliseconds otherwise.
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    cloud = LocalCloud.of(TEMPLATE).faults(faults).prewarm(true).log(log).start();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    requireNonNull(cloud).close();
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
