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

/** What a local cloud is to be like: in memory, on any free port, without faults, unless said. */
public final class LocalCloudBuilder {
  final Path template;
  int port;
  Optional<Path> data = Optional.empty();
  boolean prewarm;
  boolean schedules = true;
  int queueSpeed = 1;
  int environments = Math.max(2, 2 * Runtime.getRuntime().availableProcessors());
  Consumer<String> log = line -> {};
  Faults faults = Faults.NONE;
  Duration patience = Duration.ofSeconds(29);
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

  /** The folder that keeps tables, stream positions and messages; null to forget them. */
  public LocalCloudBuilder data(@Nullable Path folder) {
    this.data = Optional.ofNullable(folder);
    return this;
  }

  /** Whether an environment of each function is started ahead of its first event. */
  public LocalCloudBuilder prewarm(boolean prewarm) {
    this.prewarm = prewarm;
    return this;
  }

  /** Whether schedules fire; a test that calls a function itself may not want them to. */
  public LocalCloudBuilder schedules(boolean schedules) {
    this.schedules = schedules;
    return this;
  }

  /**
   * Runs the queues' clock this many times as fast: visibility timeouts, delays and long polls take
   * that much less real time, and the times in messages run ahead. Functions keep real time, so a
   * batch must be handled in the visibility timeout divided by the speed, or it is delivered again.
   * Queues that are kept in a folder run at real speed only.
   */
  public LocalCloudBuilder queueSpeed(int times) {
    if (times < 1) {
      throw new IllegalArgumentException("a queue speed of " + times + ": use 1 or more");
    }
    this.queueSpeed = times;
    return this;
  }

  /** How many environments a function may have; further events wait. */
  public LocalCloudBuilder environments(int bound) {
    this.environments = bound;
    return this;
  }

  /** Gets what functions write, line by line with the function's name. */
  public LocalCloudBuilder log(Consumer<String> log) {
    this.log = log;
    return this;
  }

  public LocalCloudBuilder faults(Faults faults) {
    this.faults = faults;
    return this;
  }

  /** Runs another program in the environments than the loop that comes with the local cloud. */
  public LocalCloudBuilder runtime(RuntimeProgram program) {
    this.runtime = Optional.of(program);
    return this;
  }

  /** Gets the process ids of environments where SnapStart would take its snapshot of them. */
  LocalCloudBuilder onSnapshot(LongConsumer pids) {
    this.onSnapshot = pids;
    return this;
  }

  /** How long the API waits for a function, where a test has not got API Gateway's 29 s. */
  LocalCloudBuilder patience(Duration patience) {
    this.patience = patience;
    return this;
  }

  /**
   * Starts everything, or nothing.
   *
   * @throws TemplateException if there is anything in the template that is not understood
   * @throws java.net.BindException if the port is in use
   */
  public LocalCloud start() throws IOException {
    return LocalCloud.start(this);
  }
}
