package io.streamkeep.aws.json;

import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import io.streamkeep.kernel.subscription.ParkedPosition;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * A parked position in messages and as stored: {@code {"subscriber", "stream", "commit"}}, and the
 * {@link MetadataFields} of the commit.
 */
public final class ParkedPositionJson {

  private ParkedPositionJson() {}

  public static String write(ParkedPosition position) {
    JsonObjectBuilder json =
        Json.object()
            .add("subscriber", position.subscriber())
            .add("stream", position.stream().toString())
            .add("commit", position.commit());
    MetadataFields.write(position.metadata()).forEach(json::add);
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
      throw new UnreadableException("Not a parked position");
    }
  }

  private static Optional<String> optionalText(JsonObject json, String name) {
    return json.containsKey(name) ? Optional.of(json.getString(name)) : Optional.empty();
  }
}
