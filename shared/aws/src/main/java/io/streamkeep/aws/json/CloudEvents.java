package io.streamkeep.aws.json;

import io.streamkeep.kernel.metadata.Timestamp;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Map;

/**
 * Events as CloudEvents.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">
 *     JSON Event Format for CloudEvents 1.0</a>
 */
public final class CloudEvents {

  /** Media type of a batch. */
  public static final String BATCH = "application/cloudevents-batch+json";

  /**
   * The extension of each metadata field. Trace and correlation follow the CloudEvents project's
   * own extensions; its extension for actors would require the kind of actor.
   *
   * @see <a href="https://github.com/cloudevents/spec/blob/main/cloudevents/extensions/README.md">
   *     CloudEvents Extension Attributes</a>
   */
  private static final List<Map.Entry<String, String>> EXTENSIONS =
      List.of(
          Map.entry(MetadataFields.CORRELATION, "correlationid"),
          Map.entry(MetadataFields.CAUSATION, "causationid"),
          Map.entry(MetadataFields.TRACE, "traceparent"),
          Map.entry(MetadataFields.TRACE_STATE, "tracestate"),
          Map.entry(MetadataFields.ACTOR, "actor"),
          Map.entry(MetadataFields.TENANT, "tenantid"));

  private CloudEvents() {}

  /**
   * All events of some commits, in order.
   *
   * @throws JsonException if an event's data is not JSON
   */
  public static JsonArray batch(List<Commit> commits) {
    JsonArrayBuilder batch = Json.array();
    for (Commit commit : commits) {
      for (int i = 0; i < commit.events().size(); i++) {
        batch.add(event(commit, i));
      }
    }
    return batch.build();
  }

  /**
   * One event of a commit, by its index from 0. Its id, commit and index from 1, is unique within
   * the source; {@code commit} is an extension.
   *
   * @throws JsonException if its data is not JSON
   */
  public static JsonObject event(Commit commit, int index) {
    RecordedEvent event = commit.events().get(index);
    JsonObjectBuilder json =
        Json.object()
            .add("specversion", "1.0")
            .add("id", commit.number() + "/" + (index + 1))
            .add("source", "/" + commit.stream().category() + "s/" + commit.stream().key())
            .add("type", "io.streamkeep." + event.type() + ".v" + event.version())
            .add("subject", commit.stream().key())
            .add("time", Timestamp.format(commit.time()))
            .add("datacontenttype", "application/json")
            .add("commit", commit.number());
    Map<String, String> metadata = MetadataFields.write(commit.metadata());
    for (Map.Entry<String, String> extension : EXTENSIONS) {
      if (metadata.containsKey(extension.getKey())) {
        json.add(extension.getValue(), metadata.get(extension.getKey()));
      }
    }
    return json.add("data", Json.read(event.data())).build();
  }
}
