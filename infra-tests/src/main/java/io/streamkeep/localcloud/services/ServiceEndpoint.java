package io.streamkeep.localcloud.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.faults.CallFaultException;
import io.streamkeep.localcloud.faults.DatabaseCall;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.Faults.Phase;
import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.AccessDeniedException;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * A service's endpoint: refuses calls of functions that their roles do not allow, and reports all
 * others before their effect, and again before their answer is sent.
 */
final class ServiceEndpoint extends Handler.Wrapper {
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());
  private static final String THROTTLED =
      """
      {"__type": "com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException",
       "message": "The level of configured provisioned throughput for the table was exceeded."}\
      """;

  private final Protocol protocol;
  private final Permissions permissions;
  private final BiConsumer<DatabaseCall, Phase> listener;

  /**
   * An endpoint in front of a service.
   *
   * @param listener cuts off a call by throwing
   */
  ServiceEndpoint(
      Handler service,
      Protocol protocol,
      Permissions permissions,
      BiConsumer<DatabaseCall, Phase> listener) {
    super(service);
    this.protocol = protocol;
    this.permissions = permissions;
    this.listener = listener;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String function = permissions.caller(accessKey(request));
    String operation = header(request, "X-Amz-Target").replaceFirst("_[0-9]+\\.", ".");
    Request passed = request;
    Set<String> tables = Set.of();
    if (!function.isEmpty()) {
      byte[] body = BufferUtil.toArray(Content.Source.asByteBuffer(request));
      List<Access> accesses = accesses(operation, body);
      try {
        permissions.useAll(function, operation, accesses);
      } catch (AccessDeniedException denied) {
        refuse(denied, response, callback);
        return true;
      }
      tables =
          accesses.stream()
              .map(Access::resource)
              .map(PhysicalNames::table)
              .collect(Collectors.toSet());
      passed = new ReadRequest(request, Protocol.translated(operation, body));
    }
    String environment = header(request, "X-Amz-Security-Token");
    return report(
        new DatabaseCall(function, environment, operation, tables), passed, response, callback);
  }

  private boolean report(DatabaseCall call, Request request, Response response, Callback callback)
      throws Exception {
    try {
      listener.accept(call, Phase.BEFORE);
    } catch (RuntimeException fault) {
      if (fault instanceof CallFaultException known && known.kind() == FaultKind.THROTTLE) {
        answer(response, callback, 400, THROTTLED);
      } else {
        cut(request, callback, fault);
      }
      return true;
    }
    AtomicBoolean reported = new AtomicBoolean();
    Response reporting =
        new Response.Wrapper(request, response) {
          @Override
          public void write(boolean last, ByteBuffer content, Callback written) {
            try {
              if (!reported.getAndSet(true)) {
                listener.accept(call, Phase.AFTER);
              }
              super.write(last, content, written);
            } catch (RuntimeException fault) {
              cut(request, written, fault);
            }
          }
        };
    return super.handle(request, reporting, callback);
  }

  /** Without an answer, not even that of an error. */
  private static void cut(Request request, Callback callback, RuntimeException reason) {
    request.getConnectionMetaData().getConnection().getEndPoint().close();
    callback.failed(reason);
  }

  /** None for a request that cannot be read. */
  private static List<Access> accesses(String operation, byte[] body) {
    try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(body))) {
      return Protocol.accesses(operation, reader.readObject());
    } catch (JsonException | NullPointerException | ClassCastException e) {
      return List.of();
    }
  }

  private void refuse(AccessDeniedException denied, Response response, Callback callback) {
    JsonObject error =
        Json.createObjectBuilder()
            .add("__type", "com.amazon.coral.service#AccessDeniedException")
            .add("Message", String.valueOf(denied.getMessage()))
            .build();
    protocol.refusalHeaders().forEach(response.getHeaders()::put);
    answer(response, callback, protocol.refusalStatus, error.toString());
  }

  private static void answer(Response response, Callback callback, int status, String json) {
    response.setStatus(status);
    response.getHeaders().put("Content-Type", "application/x-amz-json-1.0");
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    response.write(true, UTF_8.encode(json), callback);
  }

  /** From "AWS4-HMAC-SHA256 Credential=KEY/20260101/us-east-1/dynamodb/aws4_request, …". */
  private static String accessKey(Request request) {
    String[] parts = header(request, "Authorization").split("[=/]", 3);
    return parts.length < 2 ? "" : parts[1];
  }

  private static String header(Request request, String name) {
    String value = request.getHeaders().get(name);
    return value == null ? "" : value;
  }

  /** A request whose body was read, and can be read once more. */
  private static final class ReadRequest extends Request.Wrapper {
    private final Content.Source body;

    ReadRequest(Request request, byte[] body) {
      super(request);
      this.body = Content.Source.from(ByteBuffer.wrap(body));
    }

    @Override
    public Content.Chunk read() {
      return body.read();
    }

    @Override
    public void demand(Runnable callback) {
      body.demand(callback);
    }

    @Override
    public void fail(Throwable failure) {
      body.fail(failure);
    }
  }
}
