package io.streamkeep.functions.query;

import io.streamkeep.aws.Json;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.RecordedEvent;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/**
 * Commits as a batch of CloudEvents, one for each event.
 *
 * @see <a
 *     href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">
 *     JSON Event Format for CloudEvents 1.0</a>
 */
final class CloudEvents {

  static final String BATCH = "application/cloudevents-batch+json";

  private CloudEvents() {}

  static JsonArray batch(List<Commit> commits) {
    JsonArrayBuilder batch = Json.array();
    for (Commit commit : commits) {
      for (int i = 0; i < commit.events().size(); i++) {
        batch.add(event(commit, i));
      }
    }
    return batch.build();
  }

  /** Its id is commit and place in it, unique within the source; two fields are extensions. */
  private static JsonObject event(Commit commit, int index) {
    RecordedEvent event = commit.events().get(index);
    JsonObjectBuilder json =
        Json.object()
            .add("specversion", "1.0")
            .add("id", commit.number() + "/" + (index + 1))
            .add("source", "/" + commit.stream().category() + "s/" + commit.stream().key())
            .add("type", "io.streamkeep." + event.type() + ".v" + event.version())
            .add("subject", commit.stream().key())
            .add("time", commit.time().toString())
            .add("datacontenttype", "application/json")
            .add("commit", commit.number());
    CorrelationId correlation = commit.metadata().correlation();
    if (correlation != null) {
      json.add("correlationid", correlation.value());
    }
    return json.add("data", Json.read(event.data())).build();
  }
}
