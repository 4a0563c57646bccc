package io.streamkeep.bench;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.localcloud.mapping.RecordJson;
import io.streamkeep.localcloud.template.Names;

import jakarta.json.JsonArrayBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/**
 * Commits that are delivered together.
 *
 * @param event that with which Lambda hands them to a function
 */
record Batch(List<Commit> commits, String event) {

  private static final String ARN = Names.streamArn("EventsTable");

  /** Of the commits' items, in the order of the stream. */
  static Batch of(List<Map<String, AttributeValue>> items) {
    JsonArrayBuilder records = Json.array();
    for (int i = 0; i < items.size(); i++) {
      records.add(RecordJson.of(inserted(items.get(i), i + 1), ARN));
    }
    return new Batch(
        items.stream().map(CommitItem::read).toList(),
        Json.object().add("Records", records).build().toString());
  }

  private static Record inserted(Map<String, AttributeValue> item, int number) {
    return Record.builder()
        .eventID(Integer.toString(number))
        .eventName(OperationType.INSERT)
        .eventVersion("1.1")
        .dynamodb(
            StreamRecord.builder()
                .approximateCreationDateTime(Instant.EPOCH)
                .keys(Map.of("stream", value(item, "stream"), "commit", value(item, "commit")))
                .newImage(item)
                .sequenceNumber(Integer.toString(number))
                .sizeBytes(ItemSize.of(item))
                .streamViewType(StreamViewType.NEW_IMAGE)
                .build())
        .build();
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return item.getOrDefault(name, AttributeValue.fromNul(true));
  }
}
