package io.streamkeep.domain.operations;

import io.streamkeep.domain.json.ObjectReader;
import io.streamkeep.domain.json.StrictJson;
import io.streamkeep.domain.json.Upcasters;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import jakarta.json.JsonObjectBuilder;

/** The permanent stored format of redrive events: a name, a schema version, a JSON object. */
public final class RedriveEventCodec implements EventCodec<RedriveEvent> {

  private static final String REQUESTED = "redrive.requested";
  private static final String COMPLETED = "redrive.completed";
  private static final String SUBSCRIBER = "subscriber";
  private static final String STREAM = "stream";
  private static final String POINTERS = "pointers";
  private static final int MAX_NAME = 2048;

  private static final Upcasters VERSIONS =
      Upcasters.builder().written(REQUESTED, 1).written(COMPLETED, 1).build();

  @Override
  public RecordedEvent encode(RedriveEvent event) {
    JsonObjectBuilder data = StrictJson.provider().createObjectBuilder();
    return switch (event) {
      case RedriveEvent.Requested(String subscriber, String stream) -> {
        if (subscriber != null) {
          data.add(SUBSCRIBER, subscriber);
        }
        if (stream != null) {
          data.add(STREAM, stream);
        }
        yield recorded(REQUESTED, data);
      }
      case RedriveEvent.Completed(long pointers) ->
          recorded(COMPLETED, data.add(POINTERS, pointers));
    };
  }

  private static RecordedEvent recorded(String type, JsonObjectBuilder data) {
    return new RecordedEvent(type, VERSIONS.newest(type), data.build().toString());
  }

  @Override
  public RedriveEvent decode(RecordedEvent event) {
    return ObjectReader.read(VERSIONS.upcast(event), json -> read(event.type(), json))
        .orThrow("Event " + event.type() + " v" + event.version());
  }

  private static RedriveEvent read(String type, ObjectReader json) {
    return switch (type) {
      case REQUESTED ->
          new RedriveEvent.Requested(
              json.optionalText(SUBSCRIBER, 1, MAX_NAME), json.optionalText(STREAM, 1, MAX_NAME));
      case COMPLETED -> new RedriveEvent.Completed(json.integer(POINTERS, 0, Long.MAX_VALUE));
      default -> throw new IllegalStateException(type + " has a version but no reader");
    };
  }
}
