package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.services.ElasticMq;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.SourceSpec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Delivers events from their sources to functions, until closed. */
public final class Mappings implements AutoCloseable {
  private static final long AFTER_FAILURE_MILLIS = 500;

  final DynamoDbLocal database;
  final ElasticMq queues;
  final Checkpoints checkpoints;
  final Shards shards;
  final Supplier<Faults> faults;
  private final Consumer<String> log;
  private final Permissions permissions;

  /**
   * Each mapping holds the read lock from receiving a queue's messages until they are processed.
   */
  final ReadWriteLock queueBatches = new ReentrantReadWriteLock(true);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts no mapping yet.
   *
   * @param shards the number of open shards that a stream starts with
   */
  public Mappings(
      DynamoDbLocal database,
      ElasticMq queues,
      Permissions permissions,
      Optional<Path> data,
      int shards,
      Supplier<Faults> faults,
      Consumer<String> log)
      throws IOException {
    this.database = database;
    this.queues = queues;
    this.permissions = permissions;
    this.checkpoints = new Checkpoints(data.map(folder -> folder.resolve("checkpoints")));
    this.shards = new Shards(database, checkpoints, shards);
    this.faults = faults;
    this.log = log;
  }

  /** Starts a function's mappings; throws a RoleException where Lambda would not create one. */
  public void start(LambdaFunction function, boolean schedules) {
    for (SourceSpec source : function.spec().sources()) {
      if (schedules || !(source instanceof SourceSpec.Schedule)) {
        start(function, source);
      }
    }
  }

  public void start(LambdaFunction function, SourceSpec source) {
    switch (source) {
      case SourceSpec.Queue queue -> new QueueMapping(this, function, queue).start();
      case SourceSpec.Stream stream -> new StreamMapping(this, function, stream).start();
      case SourceSpec.Schedule schedule -> new ScheduleMapping(this, function, schedule).start();
    }
  }

  /** Closes every open shard of every stream; each continues in two, up to eight in all. */
  public void splitShards() {
    shards.split();
  }

  /** Closes every open shard of every stream; each continues in one. */
  public void rollOverShards() {
    shards.rollOver();
  }

  /** Requires accesses; throws a RoleException if the function's role does not allow them. */
  void use(String function, String error, Access... accesses) {
    permissions.useAll(function, error, accesses);
  }

  /** Requires an operation on a queue; throws a RoleException if the role does not allow it. */
  void useQueue(String function, String operation, String queue) {
    use(
        function,
        "The provided execution role does not have permissions to call " + operation + " on SQS",
        new Access("sqs:" + operation, PhysicalNames.queueArn(queue)));
  }

  /** Runs an action while no function holds messages of a queue; waits for batches in progress. */
  public void betweenQueueBatches(Runnable action) {
    queueBatches.writeLock().lock();
    try {
      action.run();
    } finally {
      queueBatches.writeLock().unlock();
    }
  }

  /** Work that continues until it is done or interrupted. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }

  /** Runs a mapping's work; a failure is logged and the work restarted, as in the service. */
  void run(String mapping, Work work) {
    threads.execute(() -> runUntilDone(mapping, work));
  }

  private void runUntilDone(String mapping, Work work) {
    try {
      while (!threads.isShutdown()) {
        try {
          work.run();
          return;
        } catch (RuntimeException e) { // from an emulator, or from starting a process
          if (!threads.isShutdown()) {
            log(mapping, e.toString());
            Thread.sleep(AFTER_FAILURE_MILLIS);
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  void log(String mapping, String message) {
    log.accept("[" + mapping + "] " + message);
  }

  @Override
  public void close() {
    threads.shutdownNow();
    try {
      boolean unused = threads.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
