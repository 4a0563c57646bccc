package io.streamkeep.aws.sqs;

import io.streamkeep.aws.Json;
import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.StreamId;
import io.streamkeep.kernel.UnreadableException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * A pointer to what is parked as a message: {@code {"subscriber", "stream", "commit"}}, and {@code
 * "correlation"} if the commit has one.
 */
public final class ParkedMessage {

  private ParkedMessage() {}

  static String write(Pointer pointer) {
    JsonObjectBuilder json =
        Json.object()
            .add("subscriber", pointer.subscriber())
            .add("stream", pointer.stream().toString())
            .add("commit", pointer.commit());
    CorrelationId correlation = pointer.metadata().correlation();
    if (correlation != null) {
      json.add("correlation", correlation.value());
    }
    return json.build().toString();
  }

  /** Throws {@link UnreadableException} for anything else, such as what a mapping gave up on. */
  public static Pointer read(String body) {
    try {
      JsonObject json = Json.read(body);
      return new Pointer(
          json.getString("subscriber"),
          StreamId.parse(json.getString("stream")),
          json.getJsonNumber("commit").longValueExact(),
          metadata(json));
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw new UnreadableException("Not a pointer to something parked");
    }
  }

  private static Metadata metadata(JsonObject json) {
    return json.containsKey("correlation")
        ? new Metadata(new CorrelationId(json.getString("correlation")))
        : Metadata.NONE;
  }
}
