package io.streamkeep.localcloud.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.faults.CallFaultException;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.Faults.Phase;
import io.streamkeep.localcloud.faults.ServiceCall;
import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.AccessDeniedException;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.PhysicalNames;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
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

  private final Protocol protocol;
  private final Permissions permissions;
  private final BiConsumer<ServiceCall, Phase> listener;

  /**
   * An endpoint in front of a service.
   *
   * @param listener cuts off a call by throwing
   */
  ServiceEndpoint(
      Handler service,
      Protocol protocol,
      Permissions permissions,
      BiConsumer<ServiceCall, Phase> listener) {
    super(service);
    this.protocol = protocol;
    this.permissions = permissions;
    this.listener = listener;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String function = permissions.caller(accessKey(request));
    String operation = header(request, "X-Amz-Target").replaceFirst("_[0-9]+\\.", ".");
    String environment = header(request, "X-Amz-Security-Token");
    Request passed = request;
    JsonObject content = JsonValue.EMPTY_JSON_OBJECT;
    Set<String> resources = Set.of();
    if (!function.isEmpty()) {
      byte[] body = BufferUtil.toArray(Content.Source.asByteBuffer(request));
      content = read(body);
      List<Access> accesses = accesses(operation, content);
      try {
        permissions.useAll(function, operation, accesses);
      } catch (AccessDeniedException denied) {
        refuse(denied, response, callback);
        return true;
      }
      resources =
          accesses.stream()
              .map(Access::resource)
              .map(PhysicalNames::logicalId)
              .collect(Collectors.toSet());
      passed = new ReadRequest(request, Protocol.translated(operation, body));
    }
    ServiceCall call = new ServiceCall(function, environment, operation, resources);
    try {
      listener.accept(call, Phase.BEFORE);
    } catch (CallFaultException fault) {
      return inject(fault, call, content, passed, response, callback);
    } catch (RuntimeException fault) {
      cut(request, callback, fault);
      return true;
    }
    return pass(call, passed, response, callback);
  }

  private boolean inject(
      CallFaultException fault,
      ServiceCall call,
      JsonObject content,
      Request request,
      Response response,
      Callback callback)
      throws Exception {
    if (fault.kind() == FaultKind.PARTIAL) {
      PartialBatch batch = PartialBatch.of(content, fault);
      if (batch.isAll()) {
        answer(response, callback, 200, batch.answer(JsonValue.EMPTY_JSON_OBJECT).toString());
        return true;
      }
      byte[] rest = batch.rest().toString().getBytes(UTF_8);
      return pass(
          call, new ReadRequest(request, rest), batch.response(request, response), callback);
    }
    FaultAnswer.of(fault, protocol, call.operation(), content)
        .ifPresentOrElse(
            error -> {
              error.headers().forEach(response.getHeaders()::put);
              answer(response, callback, error.status(), error.json());
            },
            () -> cut(request, callback, fault));
    return true;
  }

  private boolean pass(ServiceCall call, Request request, Response response, Callback callback)
      throws Exception {
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

  /** Empty for a request that cannot be read. */
  static JsonObject read(byte[] body) {
    try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(body))) {
      return reader.readObject();
    } catch (JsonException e) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
  }

  /** None for a malformed request. */
  private static List<Access> accesses(String operation, JsonObject request) {
    try {
      return Protocol.accesses(operation, request);
    } catch (NullPointerException | ClassCastException e) {
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
    private final HttpFields headers;
    private final Content.Source body;

    /** A request with another body. */
    ReadRequest(Request request, byte[] body) {
      super(request);
      this.headers =
          HttpFields.build(request.getHeaders())
              .put(HttpHeader.CONTENT_LENGTH, body.length)
              .asImmutable();
      this.body = Content.Source.from(ByteBuffer.wrap(body));
    }

    @Override
    public HttpFields getHeaders() {
      return headers;
    }

    @Override
    public long getLength() {
      return headers.getLongField(HttpHeader.CONTENT_LENGTH);
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
