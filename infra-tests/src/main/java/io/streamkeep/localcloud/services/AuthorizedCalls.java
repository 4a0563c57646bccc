package io.streamkeep.localcloud.services;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.AccessDeniedException;
import io.streamkeep.localcloud.iam.AccessKey;
import io.streamkeep.localcloud.iam.Permissions;


import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Passes on a function's calls that its role allows, and all calls of anyone else. */
final class AuthorizedCalls extends Handler.Wrapper {
  private static final String RESOURCES = AuthorizedCalls.class.getName();
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private final Protocol protocol;
  private final Permissions permissions;

  AuthorizedCalls(Handler handler, Protocol protocol, Permissions permissions) {
    super(handler);
    this.protocol = protocol;
    this.permissions = permissions;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String function = AccessKey.function(CallHeaders.accessKey(request));
    if (!permissions.restricts(function)) {
      return super.handle(request, response, callback);
    }
    byte[] body = BufferUtil.toArray(Content.Source.asByteBuffer(request));
    String operation = CallHeaders.operation(request);
    List<Access> accesses = accesses(operation, body);
    try {
      authorize(function, operation, accesses);
    } catch (AccessDeniedException denied) {
      refuse(denied, response, callback);
      return true;
    }
    byte[] translated = protocol.translated(operation, body);
    request.setAttribute(
        RESOURCES, accesses.stream().map(Access::resource).collect(Collectors.toSet()));
    return super.handle(new ReadRequest(request, translated), response, callback);
  }

  /** The ARNs of all that a call uses which was passed on; none if nobody asked what it may. */
  static Set<String> resources(Request request) {
    return request.getAttribute(RESOURCES) instanceof Set<?> arns
        ? arns.stream().map(String.class::cast).collect(Collectors.toSet())
        : Set.of();
  }

  private void authorize(String function, String operation, List<Access> accesses) {
    if (accesses.isEmpty()) {
      throw permissions.refuse(function, new Access(operation, "*"));
    }
    // all of it is allowed, or none of it was done
    for (Access access : accesses) {
      if (!permissions.allows(function, access)) {
        throw permissions.refuse(function, access);
      }
    }
    accesses.forEach(access -> permissions.use(function, access));
  }

  /** None for what can't be read. */
  private List<Access> accesses(String operation, byte[] body) {
    try (JsonReader reader = READERS.createReader(new ByteArrayInputStream(body))) {
      return protocol.accesses(operation, reader.readObject());
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
    response.setStatus(protocol.refusalStatus());
    response.getHeaders().put("Content-Type", "application/x-amz-json-1.0");
    response.getHeaders().put("x-amzn-RequestId", UUID.randomUUID().toString());
    protocol.refusalHeaders().forEach(response.getHeaders()::put);
    response.write(true, StandardCharsets.UTF_8.encode(error.toString()), callback);
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
