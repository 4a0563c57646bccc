package io.streamkeep.testkit.function;

import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.List;

/** Events as Lambda passes them to functions. */
public final class LambdaEvents {

  private LambdaEvents() {}

  /** Records of the event table's stream, one for each commit; sequence numbers start at 1. */
  public static JsonObject stream(List<Commit> commits) {
    JsonArrayBuilder records = Json.array();
    for (int i = 0; i < commits.size(); i++) {
      JsonObjectBuilder key =
          Json.object()
              .add("stream", text(commits.get(i).stream().toString()))
              .add("commit", number(commits.get(i).number()));
      records.add(inserted(Integer.toString(i + 1), key, item(commits.get(i))));
    }
    return Json.object().add("Records", records).build();
  }

  /** A record of an item whose key is not a commit's. */
  public static JsonObject foreignRecord() {
    JsonObjectBuilder key = Json.object().add("stream", text("foreign")).add("commit", number(1));
    return Json.object()
        .add("Records", Json.array().add(inserted("1", key, Json.object())))
        .build();
  }

  private static JsonObjectBuilder inserted(
      String sequenceNumber, JsonObjectBuilder key, JsonObjectBuilder item) {
    return Json.object()
        .add("eventName", "INSERT")
        .add(
            "dynamodb",
            Json.object()
                .add("SequenceNumber", sequenceNumber)
                .add("Keys", key)
                .add("NewImage", item));
  }

  private static JsonObjectBuilder item(Commit commit) {
    JsonArrayBuilder events = Json.array();
    for (RecordedEvent event : commit.events()) {
      events.add(
          Json.object()
              .add(
                  "M",
                  Json.object()
                      .add("type", text(event.type()))
                      .add("schema", number(event.version()))
                      .add("data", text(event.data()))));
    }
    return Json.object()
        .add("stream", text(commit.stream().toString()))
        .add("commit", number(commit.number()))
        .add("version", number(commit.version()))
        .add("time", text(commit.time().toString()))
        .add("command", text(commit.command().value()))
        .add("fingerprint", text(commit.fingerprint().value()))
        .add("events", Json.object().add("L", events));
  }

  private static JsonObjectBuilder text(String value) {
    return Json.object().add("S", value);
  }

  private static JsonObjectBuilder number(long value) {
    return Json.object().add("N", Long.toString(value));
  }

  /** Messages of a queue, each received once; ids are {@code m0}, {@code m1} and so on. */
  public static JsonObject queue(List<String> bodies) {
    JsonArrayBuilder records = Json.array();
    for (int i = 0; i < bodies.size(); i++) {
      records.add(
          Json.object()
              .add("messageId", "m" + i)
              .add("receiptHandle", "r" + i)
              .add("body", bodies.get(i))
              .add("attributes", Json.object().add("ApproximateReceiveCount", "1")));
    }
    return Json.object().add("Records", records).build();
  }
}
