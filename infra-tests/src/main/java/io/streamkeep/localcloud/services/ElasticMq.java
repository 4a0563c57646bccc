package io.streamkeep.localcloud.services;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.streamkeep.localcloud.faults.Faults.Phase;
import io.streamkeep.localcloud.faults.ServiceCall;
import io.streamkeep.localcloud.http.Loopback;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.QueueSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.Props;
import org.apache.pekko.pattern.Patterns;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Handler;
import org.elasticmq.NodeAddress;
import org.elasticmq.StrictSQSLimits$;
import org.elasticmq.actor.QueueManagerActor;
import org.elasticmq.actor.queue.QueueEvent;
import org.elasticmq.persistence.sql.SqlQueuePersistenceActor;
import org.elasticmq.persistence.sql.SqlQueuePersistenceConfig;
import org.elasticmq.rest.sqs.AutoCreateQueuesConfig$;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.TheSQSRestServerBuilder;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;
import scalikejdbc.ConnectionPool$;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** ElasticMQ, in memory or in a folder, behind a proxy that checks who may call it. */
public final class ElasticMq implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  /** ElasticMQ's persistence has one connection pool in a JVM. */
  private static final AtomicBoolean PERSISTENT = new AtomicBoolean();

  private final boolean persistent;
  private final QueueClock clock = new QueueClock();
  private final ActorSystem actors;
  private final Loopback proxy;
  private final SQSRestServer server;
  private final SqsClient client;

  public ElasticMq(
      Optional<Path> folder, Permissions permissions, BiConsumer<ServiceCall, Phase> listener) {
    persistent = folder.isPresent();
    if (persistent && PERSISTENT.getAndSet(true)) {
      throw new IllegalStateException("only one ElasticMQ with a folder can run in a JVM");
    }
    Config quiet =
        ConfigFactory.parseString(
            """
            pekko { loglevel = OFF, stdout-loglevel = OFF, daemonic = on, jvm-shutdown-hooks = off }
            pekko.coordinated-shutdown.run-by-jvm-shutdown-hook = off
            """);
    actors = ActorSystem.create("sqs", quiet.withFallback(ConfigFactory.load()));
    Option<ActorRef> store = Option.apply(folder.map(this::store).orElse(null));
    ActorRef queues =
        actors.actorOf(
            Props.create(QueueManagerActor.class, clock, StrictSQSLimits$.MODULE$, store));
    proxy = open(new ServiceEndpoint(proxy(), Protocol.SQS, permissions, listener));
    server =
        new TheSQSRestServerBuilder(
                Option.apply(actors),
                Option.apply(queues),
                Loopback.HOST,
                0,
                // the beginning of queue URLs
                new NodeAddress("http", Loopback.HOST, proxy.url().getPort(), ""),
                false,
                StrictSQSLimits$.MODULE$,
                PhysicalNames.REGION,
                PhysicalNames.ACCOUNT,
                store,
                AutoCreateQueuesConfig$.MODULE$.disabled())
            .start();
    server.waitUntilStarted();
    store.foreach(
        actor ->
            Patterns.ask(actor, new QueueEvent.Restore(queues), TIMEOUT)
                .toCompletableFuture()
                .join());
    client = LoopbackClients.configure(SqsClient.builder(), endpoint()).build();
  }

  /** H2 writes at each commit, and not half a second later, so that a kill loses nothing. */
  private ActorRef store(Path folder) {
    String url =
        "jdbc:h2:"
            + folder.resolve("queues").toAbsolutePath()
            + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE";
    ConnectionPool$ pool = ConnectionPool$.MODULE$;
    // ElasticMQ's persistence sets the pool only once in a JVM: this is for a second start
    pool.singleton(
        url,
        "",
        "",
        pool.singleton$default$4(),
        pool.singleton$default$5(url, "", "", pool.singleton$default$4()));
    return actors.actorOf(
        Props.create(
            SqlQueuePersistenceActor.class,
            new SqlQueuePersistenceConfig(true, "org.h2.Driver", url, "", "", false),
            CollectionConverters.asScala(List.of()).toList()));
  }

  /** Long polls are many, and silent for as long as 20 seconds. */
  private Handler proxy() {
    return new ProxyHandler.Reverse(
        request -> HttpURI.build(request.getHttpURI()).host(Loopback.HOST).port(port())) {
      @Override
      protected void configureHttpClient(HttpClient http) {
        super.configureHttpClient(http);
        http.setMaxConnectionsPerDestination(Integer.MAX_VALUE);
        http.setIdleTimeout(TIMEOUT.toMillis());
      }
    };
  }

  private static Loopback open(Handler handler) {
    try {
      return Loopback.waiting(handler, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int port() {
    return server.waitUntilStarted().localAddress().getPort();
  }

  public URI endpoint() {
    return proxy.url();
  }

  /** The URL of a queue with this physical name. */
  public String url(String queue) {
    return endpoint() + "/" + PhysicalNames.ACCOUNT + "/" + queue;
  }

  /**
   * Advances the queues' clock: hidden and delayed messages become visible that much earlier, to
   * the next request that asks for them.
   */
  public void advance(Duration time) {
    clock.advance(time);
  }

  public SqsClient client() {
    return client;
  }

  /** The visibility time-out of the queue with this physical name. */
  public Duration visibility(String queue) {
    QueueAttributeName name = QueueAttributeName.VISIBILITY_TIMEOUT;
    String seconds =
        client
            .getQueueAttributes(get -> get.queueUrl(url(queue)).attributeNames(name))
            .attributes()
            .get(name);
    return Duration.ofSeconds(Long.parseLong(seconds));
  }

  /** Creates the queues, or updates those that exist; dead-letter queues come first. */
  public void create(List<QueueSpec> specs) {
    specs.stream()
        .sorted(Comparator.comparing(queue -> queue.deadLetters().isPresent()))
        .forEach(this::create);
  }

  private void create(QueueSpec queue) {
    Map<QueueAttributeName, String> changeable = new EnumMap<>(QueueAttributeName.class);
    changeable.putAll(queue.attributes());
    Map<QueueAttributeName, String> fixed = new EnumMap<>(QueueAttributeName.class);
    if (queue.isFifo()) {
      fixed.put(QueueAttributeName.FIFO_QUEUE, changeable.remove(QueueAttributeName.FIFO_QUEUE));
    }
    String url = client.createQueue(q -> q.queueName(queue.name()).attributes(fixed)).queueUrl();
    if (!changeable.isEmpty()) {
      client.setQueueAttributes(q -> q.queueUrl(url).attributes(changeable));
    }
  }

  @Override
  public void close() {
    client.close();
    proxy.close();
    server.stopAndWait();
    actors.terminate();
    actors.getWhenTerminated().toCompletableFuture().join();
    if (persistent) {
      ConnectionPool$.MODULE$.closeAll();
      PERSISTENT.set(false);
    }
  }
}
