package io.streamkeep.localcloud;

import io.streamkeep.localcloud.faults.CallCounter;
import io.streamkeep.localcloud.faults.FaultTargets;
import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.gateway.ApiGateway;
import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.Endpoints;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.mapping.Mappings;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import io.streamkeep.localcloud.services.ElasticMq;
import io.streamkeep.localcloud.template.ApiSpec;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.Template;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * A template's resources, running on this machine until closed, reached on loopback only.
 *
 * <p>Tests may share one if each uses its own keys. A test that needs faults sets them with {@link
 * #faults(Faults)} and clears them with {@link Faults#NONE}; a reset sets the counts of {@link
 * #calls()} to zero. Tests that split shards, fill a queue that others read, or need other settings
 * start their own local cloud; several can run in one JVM.
 */
public final class LocalCloud implements AutoCloseable {
  private final LocalCloudBuilder settings;
  private final Template template;
  private final Permissions permissions;
  private volatile Faults faults;
  private final CallCounter calls = new CallCounter();
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final DynamoDbLocal database;
  private final ElasticMq queues;
  private final Lambda lambda;
  private final Mappings mappings;
  private final @Nullable ApiGateway api;

  public static LocalCloudBuilder of(Path template) {
    return new LocalCloudBuilder(template);
  }

  LocalCloud(LocalCloudBuilder settings) throws IOException {
    this.settings = settings;
    this.template = Template.read(settings.template);
    Loopback.requireFree(settings.port);
    permissions = new Permissions(template.principals());
    faults = settings.faults;
    faults.begin(new FaultTargets(template, permissions));
    Supplier<Faults> current = () -> faults;
    try {
      Optional<Path> data = settings.data.map(Path::toAbsolutePath);
      if (data.isPresent()) {
        opened(DataFolder.lock(data.get()));
      }
      ServiceCallListener listener = new ServiceCallListener(calls, current, this::lambda);
      CompletableFuture<ElasticMq> startedQueues =
          CompletableFuture.supplyAsync(() -> new ElasticMq(data, permissions, listener));
      database = opened(new DynamoDbLocal(data, permissions, listener));
      queues = opened(startedQueues.join());
      template.tables().forEach(table -> database.table(table.request()));
      queues.create(template.queues());
      lambda =
          opened(
              new Lambda(
                  template.functions(),
                  new Endpoints(database.endpoint().toString(), queues.endpoint().toString()),
                  permissions,
                  settings.runtime,
                  settings.environments,
                  settings.onSnapshot,
                  current,
                  settings.log));
      if (settings.prewarm) {
        lambda.prewarm();
      }
      mappings =
          opened(
              new Mappings(
                  database, queues, permissions, data, settings.shards, current, settings.log));
      for (LambdaFunction function : lambda.functions()) {
        mappings.start(function, settings.schedules);
      }
      ApiSpec spec = template.api();
      Duration wait = settings.integrationTimeout;
      api = spec == null ? null : opened(new ApiGateway(spec, lambda, settings.port, wait));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private <T extends AutoCloseable> T opened(T part) {
    opened.push(part);
    return part;
  }

  private Lambda lambda() {
    return lambda;
  }

  /**
   * Replaces the faults. Records and messages that the former faults hold back are lost, unless
   * those were stopped and have delivered them before.
   *
   * @throws IllegalArgumentException if they move clocks and those given at the start do not
   */
  public void faults(Faults next) {
    if (next.movesClocks() && !settings.faults.movesClocks()) {
      throw new IllegalArgumentException("start the local cloud with faults that move clocks");
    }
    next.begin(new FaultTargets(template, permissions));
    faults = next;
  }

  public URI apiUrl() {
    return Objects.requireNonNull(api, "the template has no API").url();
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
   * Advances the queues' clock: visibility timeouts and delays end that much earlier. Waits for
   * batches of messages in progress, since functions keep real time and a batch would be delivered
   * again.
   */
  public void advanceQueues(Duration time) {
    mappings.betweenQueueBatches(() -> queues.advance(time));
  }

  public String queueUrl(String logicalId) {
    return queues.url(template.queue(logicalId).name());
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

  Mappings mappings() {
    return mappings;
  }

  /** Counts of the calls at DynamoDB's endpoint. */
  public CallCounter calls() {
    return calls;
  }

  /** The roles of the functions, with the used and the refused accesses. */
  public Permissions permissions() {
    return permissions;
  }

  /** Closes every open shard of every stream; each continues in two, up to eight in all. */
  public void splitShards() {
    mappings.splitShards();
  }

  /** Closes every open shard of every stream; each continues in one. */
  public void rollOverShards() {
    mappings.rollOverShards();
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
