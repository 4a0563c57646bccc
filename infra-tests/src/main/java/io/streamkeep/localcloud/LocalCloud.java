package io.streamkeep.localcloud;

import io.streamkeep.localcloud.faults.CallCounter;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.gateway.ApiGateway;
import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.Endpoints;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.mapping.Checkpoints;
import io.streamkeep.localcloud.mapping.MappingContext;
import io.streamkeep.localcloud.mapping.QueueMapping;
import io.streamkeep.localcloud.mapping.ScheduleMapping;
import io.streamkeep.localcloud.mapping.StreamMapping;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.services.ElasticMq;
import io.streamkeep.localcloud.template.ApiSpec;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.QueueSpec;
import io.streamkeep.localcloud.template.SourceSpec;
import io.streamkeep.localcloud.template.TableSpec;
import io.streamkeep.localcloud.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A template's resources, running on this machine until closed, reached on loopback only.
 *
 * <p>Tests may share one, and use it from several threads. A test that needs faults sets them with
 * {@link #faults(Faults)} and clears them with {@link Faults#NONE} when it ends; counts of {@link
 * #calls()} start again with a reset. Tables and queues keep what tests put there, so each test
 * uses keys of its own. Tests that split shards, fill a queue that others read, or need other
 * settings start a local cloud of their own; several run side by side in one JVM.
 */
public final class LocalCloud implements AutoCloseable {
  private final LocalCloudBuilder settings;
  private final Template template;
  private final Permissions permissions;
  private final Set<String> names;
  private volatile Faults faults;
  private final CallCounter calls = new CallCounter();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DynamoDbLocal database;
  private final ElasticMq queues;
  private final Lambda lambda;
  private final Optional<ApiGateway> api;

  public static LocalCloudBuilder of(Path template) {
    return new LocalCloudBuilder(template);
  }

  LocalCloud(LocalCloudBuilder settings) throws IOException {
    this.settings = settings;
    this.template = Template.read(settings.template);
    Loopback.requireFree(settings.port);
    permissions =
        new Permissions(template.functions().stream().map(FunctionSpec::principal).toList());
    names =
        Stream.concat(
                template.functions().stream().map(FunctionSpec::id),
                template.tables().stream().map(TableSpec::id))
            .collect(Collectors.toSet());
    faults = settings.faults;
    faults.begin(names);
    try {
      Optional<Path> data = settings.data.map(Path::toAbsolutePath);
      if (data.isPresent()) {
        opened(DataFolder.lock(data.get()));
      }
      CompletableFuture<ElasticMq> startedQueues =
          CompletableFuture.supplyAsync(() -> new ElasticMq(data, permissions));
      database =
          opened(
              new DynamoDbLocal(
                  data,
                  permissions,
                  new DynamoDbCallListener(calls, this::currentFaults, this::lambda)));
      queues = opened(startedQueues.join());
      template.tables().forEach(table -> database.table(table.request()));
      template.queues().stream()
          .sorted(Comparator.comparing(queue -> queue.deadLetters().isPresent()))
          .forEach(queues::queue);
      lambda =
          opened(
              new Lambda(
                  template.functions(),
                  new Endpoints(database.endpoint().toString(), queues.endpoint().toString()),
                  permissions,
                  settings.runtime,
                  settings.environments,
                  settings.onSnapshot,
                  this::currentFaults,
                  settings.log));
      if (settings.prewarm) {
        lambda.prewarm();
      }
      startMappings(new Checkpoints(data.map(folder -> folder.resolve("checkpoints"))));
      ApiSpec spec = template.api();
      api =
          spec == null
              ? Optional.empty()
              : Optional.of(
                  opened(new ApiGateway(spec, lambda, settings.port, settings.integrationTimeout)));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private void startMappings(Checkpoints checkpoints) {
    MappingContext context =
        new MappingContext(
            database, queues, permissions, checkpoints, this::currentFaults, settings.log);
    for (FunctionSpec spec : template.functions()) {
      LambdaFunction function = lambda.function(spec.id());
      for (SourceSpec source : spec.sources()) {
        switch (source) {
          case SourceSpec.Queue queue -> opened(new QueueMapping(context, function, queue));
          case SourceSpec.Stream stream -> opened(new StreamMapping(context, function, stream));
          case SourceSpec.Schedule schedule -> {
            if (settings.schedules) {
              opened(new ScheduleMapping(function, schedule, settings.log));
            }
          }
        }
      }
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private Lambda lambda() {
    return lambda;
  }

  private Faults currentFaults() {
    return faults;
  }

  /**
   * Replaces the faults. Records and messages that the former faults hold back are lost, unless
   * those were stopped and have delivered them before.
   *
   * @throws IllegalArgumentException if they move clocks and those given at the start do not
   */
  public void faults(Faults next) {
    if (next.movesClocks() && !settings.faults.movesClocks()) {
      throw new IllegalArgumentException("clocks can move only if they could at the start");
    }
    next.begin(names);
    faults = next;
  }

  public URI apiUrl() {
    return api.orElseThrow(() -> new IllegalStateException("the template has no API")).url();
  }

  public URI dynamoDbEndpoint() {
    return database.endpoint();
  }

  public URI sqsEndpoint() {
    return queues.endpoint();
  }

  /** A table's physical name. */
  public String tableName(String logicalId) {
    return PhysicalNames.physical(logicalId);
  }

  /**
   * Lets time pass in the queues: visibility timeouts and delays end that much earlier, and the
   * times in messages run ahead. Functions keep real time, so a batch that is being handled may be
   * delivered again.
   */
  public void advanceQueues(Duration time) {
    queues.advance(time);
  }

  public String queueUrl(String logicalId) {
    return template.queues().stream()
        .filter(queue -> queue.id().equals(logicalId))
        .map(QueueSpec::name)
        .map(queues::url)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("there is no queue " + logicalId));
  }

  public DynamoDbClient dynamoDb() {
    return database.client();
  }

  public SqsClient sqs() {
    return queues.client();
  }

  public LambdaFunction function(String logicalId) {
    return lambda.function(logicalId);
  }

  /** Counts of the calls at DynamoDB's endpoint. */
  public CallCounter calls() {
    return calls;
  }

  /** What functions did with their roles, and what was refused. */
  public Permissions permissions() {
    return permissions;
  }

  /** Closes every shard of every stream, and opens a child for each. */
  public void splitShards() {
    database.splitShards();
  }

  /** Ends everything, in the reverse order of its start. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // the others are closed all the same
        settings.log.accept("while closing: " + e);
      }
    }
  }
}
