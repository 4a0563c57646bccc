package io.streamkeep.localcloud.services;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.streamkeep.localcloud.faults.CallFaultException;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** A SendMessageBatch of which the queue refuses one message, for a reason of its own. */
record PartialBatch(JsonObject request, JsonObject refused) {

  static PartialBatch of(JsonObject request, CallFaultException fault) {
    List<JsonObject> entries = request.getJsonArray("Entries").getValuesAs(JsonObject.class);
    return new PartialBatch(request, entries.get(fault.choose(entries.size())));
  }

  /** The request without the refused message; it may have no other. */
  JsonObject rest() {
    JsonArrayBuilder entries = Json.createArrayBuilder();
    request.getJsonArray("Entries").stream()
        .filter(entry -> !entry.equals(refused))
        .forEach(entries::add);
    return Json.createObjectBuilder(request).add("Entries", entries).build();
  }

  boolean isAll() {
    return request.getJsonArray("Entries").size() == 1;
  }

  /** The response to the whole batch, given the response to the rest. */
  JsonObject answer(JsonObject toRest) {
    JsonObject failed =
        Json.createObjectBuilder()
            .add("Id", refused.getString("Id"))
            .add("SenderFault", false)
            .add("Code", "InternalError")
            .add("Message", "An internal error occurred.")
            .build();
    return Json.createObjectBuilder(toRest)
        .add("Failed", Json.createArrayBuilder().add(failed))
        .build();
  }

  /** Turns the response to the rest into the response to the whole batch. */
  Response response(Request to, Response response) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    return new Response.Wrapper(to, response) {
      @Override
      public void write(boolean last, ByteBuffer content, Callback written) {
        if (content != null) {
          body.writeBytes(BufferUtil.toArray(content));
          content.position(content.limit());
        }
        if (!last) {
          written.succeeded();
          return;
        }
        byte[] whole = answer(ServiceEndpoint.read(body.toByteArray())).toString().getBytes(UTF_8);
        getHeaders().put(HttpHeader.CONTENT_LENGTH, whole.length);
        super.write(true, ByteBuffer.wrap(whole), written);
      }
    };
  }
}
