package io.streamkeep.e2e.support;

import static java.util.Objects.requireNonNull;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.localcloud.mapping.RecordJson;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/** The event with which the event table's stream invokes a function. */
public final class StreamEvent {

  private StreamEvent() {}

  /** An order's commit items, as they are stored. */
  public static List<Map<String, AttributeValue>> commits(Backend backend, String order) {
    return backend
        .dynamoDb()
        .query(
            q ->
                q.tableName(backend.tableName("EventsTable"))
                    .consistentRead(true)
                    .keyConditionExpression("#stream = :stream")
                    .expressionAttributeNames(Map.of("#stream", "stream"))
                    .expressionAttributeValues(Map.of(":stream", fromS("order#" + order))))
        .items();
  }

  /** An event with one record for each commit, in this order. */
  public static String of(List<Map<String, AttributeValue>> commits) {
    JsonArrayBuilder records = Json.createArrayBuilder();
    for (int i = 0; i < commits.size(); i++) {
      records.add(RecordJson.of(record(commits.get(i), i), "arn:aws:dynamodb:::table/t/stream/s"));
    }
    return Json.createObjectBuilder().add("Records", records).build().toString();
  }

  private static Record record(Map<String, AttributeValue> commit, int number) {
    return Record.builder()
        .eventID("event-" + number)
        .eventName("INSERT")
        .eventVersion("1.1")
        .dynamodb(
            change ->
                change
                    .approximateCreationDateTime(Instant.EPOCH)
                    .keys(Map.of("stream", of(commit, "stream"), "commit", of(commit, "commit")))
                    .newImage(commit)
                    .sequenceNumber(Integer.toString(number))
                    .sizeBytes(1L)
                    .streamViewType("NEW_IMAGE"))
        .build();
  }

  private static AttributeValue of(Map<String, AttributeValue> item, String attribute) {
    return requireNonNull(item.get(attribute), attribute);
  }
}
