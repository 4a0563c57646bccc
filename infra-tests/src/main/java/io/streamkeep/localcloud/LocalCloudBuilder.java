package io.streamkeep.localcloud;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import io.streamkeep.localcloud.template.TemplateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Settings of a local cloud; by default in memory, on any free port, and without faults. */
public final class LocalCloudBuilder {
  final Path template;
  int port;
  Optional<Path> data = Optional.empty();
  boolean prewarm;
  boolean schedules = true;
  int environments = Math.max(2, 2 * Runtime.getRuntime().availableProcessors());
  int shards = 1;
  Consumer<String> log = line -> {};
  Faults faults = Faults.NONE;
  Duration integrationTimeout = Duration.ofSeconds(29);
  Optional<RuntimeProgram> runtime = Optional.empty();
  LongConsumer onSnapshot = pid -> {};

  LocalCloudBuilder(Path template) {
    this.template = template;
  }

  /** The API's port; 0 for any that is free. */
  public LocalCloudBuilder port(int port) {
    this.port = port;
    return this;
  }

  /** The folder that keeps tables, stream positions and messages; null to keep them in memory. */
  public LocalCloudBuilder data(@Nullable Path folder) {
    this.data = Optional.ofNullable(folder);
    return this;
  }

  /** Starts an environment of each function ahead of its first event. */
  public LocalCloudBuilder prewarm(boolean prewarm) {
    this.prewarm = prewarm;
    return this;
  }

  /** False for tests that invoke scheduled functions themselves. */
  public LocalCloudBuilder schedules(boolean schedules) {
    this.schedules = schedules;
    return this;
  }

  /** The maximum number of environments of a function; further events wait. */
  public LocalCloudBuilder environments(int limit) {
    this.environments = limit;
    return this;
  }

  /** The number of open shards that each stream starts with: 1, 2, 4 or 8. */
  public LocalCloudBuilder shards(int open) {
    if (Integer.bitCount(open) != 1 || open > 8) { // or a shard could have two parents
      throw new IllegalArgumentException(open + " open shards");
    }
    this.shards = open;
    return this;
  }

  /** Receives the functions' logs, line by line with the function's name. */
  public LocalCloudBuilder log(Consumer<String> log) {
    this.log = log;
    return this;
  }

  public LocalCloudBuilder faults(Faults faults) {
    this.faults = faults;
    return this;
  }

  /** Runs this program in the environments. */
  public LocalCloudBuilder runtime(RuntimeProgram program) {
    this.runtime = Optional.of(program);
    return this;
  }

  /** Receives the process ids of environments when SnapStart would take their snapshots. */
  LocalCloudBuilder onSnapshot(LongConsumer pids) {
    this.onSnapshot = pids;
    return this;
  }

  /** The time that the API waits for a function, instead of API Gateway's 29 s. */
  LocalCloudBuilder integrationTimeout(Duration integrationTimeout) {
    this.integrationTimeout = integrationTimeout;
    return this;
  }

  /**
   * Starts everything, or nothing.
   *
   * @throws TemplateException if the template contains anything that is not understood
   * @throws java.net.BindException if the port is in use
   */
  public LocalCloud start() throws IOException {
    return new LocalCloud(this);
  }
}
