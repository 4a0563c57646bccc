package io.streamkeep.aws.json;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * A pointer to what is parked, as a message has it and as it is stored: {@code {"subscriber",
 * "stream", "commit"}}, and those of {@link MetadataFields} that the commit has.
 */
public final class ParkedPositionJson {

  private ParkedPositionJson() {}

  /** The body of a message; every pointer has one. */
  public static String write(ParkedPosition pointer) {
    JsonObjectBuilder json =
        Json.object()
            .add("subscriber", pointer.subscriber())
            .add("stream", pointer.stream().toString())
            .add("commit", pointer.commit());
    MetadataFields.write(pointer.metadata()).forEach(json::add);
    return json.build().toString();
  }

  /** Throws {@link UnreadableException} for anything else. */
  public static ParkedPosition read(String body) {
    try {
      JsonObject json = Json.read(body);
      return new ParkedPosition(
          json.getString("subscriber"),
          StreamId.parse(json.getString("stream")),
          json.getJsonNumber("commit").longValueExact(),
          MetadataFields.read(name -> optionalText(json, name)));
    } catch (JsonException
        | NullPointerException
        | ClassCastException
        | ArithmeticException
        | IllegalArgumentException e) {
      throw new UnreadableException("Not a pointer to something parked");
    }
  }

  private static Optional<String> optionalText(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(json.getString(name)) : Optional.empty();
  }
}
