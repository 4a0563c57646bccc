package io.streamkeep.retail;

import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.store.RecordedEvent;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A commit's item as it was before: its events as readable JSON, whatever it costs. */
final class PlainItem {

  private PlainItem() {}

  /** The same commit, never packed and without a snapshot; the form: {@link CommitItem}. */
  static Map<String, AttributeValue> of(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> plain = new HashMap<>(item);
    plain.remove("packed");
    plain.remove("snapshot");
    plain.put(
        "events", fromL(CommitItem.read(item).events().stream().map(PlainItem::event).toList()));
    return plain;
  }

  private static AttributeValue event(RecordedEvent event) {
    return fromM(
        Map.of(
            "type", fromS(event.type()),
            "schema", fromN(Integer.toString(event.version())),
            "data", fromS(event.data())));
  }
}
