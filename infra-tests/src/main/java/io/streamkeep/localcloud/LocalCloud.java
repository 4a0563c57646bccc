package io.streamkeep.localcloud;

import io.streamkeep.localcloud.faults.Calls;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.gateway.ApiGateway;
import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.Endpoints;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.mapping.Checkpoints;
import io.streamkeep.localcloud.mapping.QueueMapping;
import io.streamkeep.localcloud.mapping.ScheduleMapping;
import io.streamkeep.localcloud.mapping.StreamMapping;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.services.ElasticMq;
import io.streamkeep.localcloud.template.ApiSpec;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.Names;
import io.streamkeep.localcloud.template.SourceSpec;
import io.streamkeep.localcloud.template.TableSpec;
import io.streamkeep.localcloud.template.Template;


import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
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
  private final Calls calls = new Calls();
  private final Set<String> names;
  private volatile Faults faults;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DynamoDbLocal database;
  private final ElasticMq queues;
  private final Lambda lambda;
  private final Optional<ApiGateway> api;

  public static LocalCloudBuilder of(Path template) {
    return new LocalCloudBuilder(template);
  }

  static LocalCloud start(LocalCloudBuilder settings) throws IOException {
    if (settings.queueSpeed > 1 && settings.data.isPresent()) {
      throw new IllegalArgumentException("queueSpeed needs queues in memory: leave out data");
    }
    Template template = Template.read(settings.template);
    Loopback.requireFree(settings.port);
    return new LocalCloud(settings, template);
  }

  private LocalCloud(LocalCloudBuilder settings, Template template) throws IOException {
    this.settings = settings;
    this.template = template;
    this.permissions =
        new Permissions(template.functions().stream().map(FunctionSpec::principal).toList());
    this.names =
        Stream.concat(
                template.functions().stream().map(FunctionSpec::id),
                template.tables().stream().map(TableSpec::id))
            .collect(Collectors.toSet());
    this.faults = settings.faults;
    faults.begin(names);
    try {
      Optional<Path> data = data();
      CompletableFuture<ElasticMq> queuesLater =
          CompletableFuture.supplyAsync(
              () -> new ElasticMq(data, settings.queueSpeed, permissions));
      CallBoundary boundary = new CallBoundary(calls, this::faults, this::lambda);
      database = opened(new DynamoDbLocal(data, permissions, boundary));
      queues = opened(queuesLater.join());
      template.tables().forEach(table -> database.table(table.request()));
      template.queues().stream()
          .sorted(Comparator.comparing(queue -> queue.deadLetters().isPresent()))
          .forEach(queues::queue);
      Endpoints endpoints =
          new Endpoints(database.endpoint().toString(), queues.endpoint().toString());
      lambda =
          opened(
              new Lambda(
                  template.functions(),
                  endpoints,
                  permissions,
                  settings.runtime,
                  settings.environments,
                  settings.onSnapshot,
                  this::faults,
                  settings.log));
      if (settings.prewarm) {
        lambda.prewarm();
      }
      startMappings(new Checkpoints(data.map(folder -> folder.resolve("checkpoints"))));
      ApiSpec spec = template.api();
      api =
          spec == null
              ? Optional.empty()
              : Optional.of(opened(new ApiGateway(spec, lambda, settings.port, settings.patience)));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private Optional<Path> data() throws IOException {
    return settings.data.isEmpty()
        ? Optional.empty()
        : Optional.of(opened(new DataFolder(settings.data.get())).path());
  }

  private void startMappings(Checkpoints checkpoints) {
    for (FunctionSpec spec : template.functions()) {
      LambdaFunction function = lambda.function(spec.id());
      for (SourceSpec source : sources(spec)) {
        opened(
            switch (source) {
              case SourceSpec.Queue queue ->
                  new QueueMapping(
                      queues.client(), permissions, function, queue, this::faults, settings.log);
              case SourceSpec.Stream stream ->
                  new StreamMapping(
                      database,
                      queues.client(),
                      permissions,
                      function,
                      stream,
                      checkpoints,
                      this::faults,
                      settings.log);
              case SourceSpec.Schedule schedule ->
                  new ScheduleMapping(function, schedule, settings.log);
            });
      }
    }
  }

  private List<SourceSpec> sources(FunctionSpec spec) {
    return spec.sources().stream()
        .filter(source -> settings.schedules || !(source instanceof SourceSpec.Schedule))
        .toList();
  }

  private Faults faults() {
    return faults;
  }

  /**
   * Replaces the faults from now on; records and messages that the former ones hold back are lost,
   * unless those are stopped and have delivered them before.
   *
   * @throws IllegalArgumentException if they move clocks and those given at the start do not
   */
  public void faults(Faults next) {
    if (next.movesClocks() && !settings.faults.movesClocks()) {
      throw new IllegalArgumentException("clocks can only move if they could at the start");
    }
    next.begin(names);
    faults = next;
  }

  private Lambda lambda() {
    return lambda;
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
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
    return Names.physical(logicalId);
  }

  public String queueUrl(String logicalId) {
    String name =
        template.queues().stream()
            .filter(queue -> queue.id().equals(logicalId))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("There is no queue " + logicalId))
            .name();
    return sqsEndpoint() + "/" + Names.ACCOUNT + "/" + name;
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

  /** What has been called at DynamoDB's endpoint, and by whom. */
  public Calls calls() {
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

  /** Ends everything, what was started last first. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) { // the others are to be closed all the same
        settings.log.accept("while closing: " + e);
      }
    }
  }
}
