package io.streamkeep.localcloud.mapping;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.template.SourceSpec;


import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.Shard;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Brings a table's stream to a function: a poller a shard, parents before their children. */
public final class StreamMapping implements AutoCloseable {
  private static final long NEW_SHARDS_MILLIS = 500;

  private final LambdaFunction function;
  private final SourceSpec.Stream source;
  private final Checkpoints checkpoints;
  private final Supplier<Faults> faults;
  private final Consumer<String> log;
  private final RoleStream stream;
  private final Optional<RoleQueue> onFailure;
  private final LinkedBlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final Set<String> started = new HashSet<>();
  private final Workers workers;

  public StreamMapping(
      DynamoDbLocal database,
      SqsClient queues,
      Permissions permissions,
      LambdaFunction function,
      SourceSpec.Stream source,
      Checkpoints checkpoints,
      Supplier<Faults> faults,
      Consumer<String> log) {
    this.function = function;
    this.source = source;
    this.checkpoints = checkpoints;
    this.faults = faults;
    this.log = log;
    this.stream = new RoleStream(database, permissions, function.spec().id(), source.table());
    this.onFailure =
        source
            .onFailure()
            .map(queue -> RoleQueue.destination(queues, permissions, function.spec().id(), queue));
    this.workers = new Workers(name(), log);
    workers.start(this::watchShards);
  }

  private String name() {
    return function.spec().id() + "." + source.name();
  }

  private void watchShards() throws InterruptedException {
    while (true) {
      List<Shard> shards = stream.shards();
      Set<String> known = shards.stream().map(Shard::shardId).collect(Collectors.toSet());
      for (Shard shard : shards) {
        if (!known.contains(shard.parentShardId()) || isDone(shard.parentShardId())) {
          if (!isDone(shard.shardId()) && started.add(shard.shardId())) {
            workers.start(() -> poll(shard.shardId()));
          }
        }
      }
      ended.poll(NEW_SHARDS_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private boolean isDone(String shard) {
    return checkpoints.get(name(), shard).filter(Checkpoints.END::equals).isPresent();
  }

  /** Starts again at the checkpoint if it fails. */
  private void poll(String shard) throws InterruptedException {
    BatchRunner runner =
        new BatchRunner(
            function,
            source,
            shard,
            stream.arn(),
            position -> checkpoints.put(name(), shard, position),
            this::report);
    new ShardPoller(stream, function, source, shard, faults, runner)
        .run(checkpoints.get(name(), shard));
    checkpoints.put(name(), shard, Checkpoints.END);
    ended.add(shard);
  }

  private void report(GivenUp givenUp) {
    log.accept("[" + name() + "] given up: " + givenUp.message());
    onFailure.ifPresent(queue -> queue.send(givenUp.message()));
  }

  @Override
  public void close() {
    workers.close();
  }
}
