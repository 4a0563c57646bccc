package io.streamkeep.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;

/** An HTTP client for one aggregate that sends the example bodies of the API document. */
public final class AggregateApi {

  private final AggregateExamples<?, ?, ?> examples;
  private final EventStore events;
  private final Api api;

  public AggregateApi(AggregateModule<?, ?, ?> module, Backend backend) {
    this.examples = new AggregateExamples<>(module);
    this.events = new DynamoEventStore(backend.dynamoDb(), backend.tableName("EventsTable"));
    this.api = Api.of(backend);
  }

  public Response send(CommandOperation<?> operation, String id, String key, String... headers) {
    return sendBody(operation, id, key, AggregateExamples.body(operation), headers);
  }

  public Response sendBody(
      CommandOperation<?> operation, String id, String key, String body, String... headers) {
    return api.send(method(operation), path(operation, id), key, body.getBytes(UTF_8), headers);
  }

  /** A request without headers. */
  public HttpRequest.Builder request(CommandOperation<?> operation, String id, String body) {
    return api.request(path(operation, id))
        .method(method(operation), BodyPublishers.ofString(body));
  }

  private static String method(CommandOperation<?> operation) {
    return operation.route().substring(0, operation.route().indexOf(' '));
  }

  private static String path(CommandOperation<?> operation, String id) {
    return path(operation.route(), id);
  }

  /** The path of a route, with the id filled in. */
  public static String path(String route, String id) {
    return route.substring(route.indexOf(' ') + 1).replace("{id}", id);
  }

  /** Sends the command that starts a stream. */
  public Response create(String key, String... headers) {
    return send(examples.creation(), "", key, headers);
  }

  /** Starts a stream and returns its key. */
  public String create() {
    return key(create(Api.key()));
  }

  /** The key of the stream that a command started. */
  public static String key(Response created) {
    String location = created.header("Location");
    return location.substring(location.lastIndexOf('/') + 1);
  }

  /** Starts a stream, sends every other command once, and returns the stream's key. */
  public String createAndRunAll() {
    String id = create();
    examples.changes().forEach(change -> send(change, id, Api.key()));
    return id;
  }

  public StreamId stream(String id) {
    return new StreamId(examples.module().category(), id);
  }

  /** A stream's commits, read from the event table. */
  public List<Commit> commits(String id) {
    return events.load(stream(id)).commits();
  }
}
