package io.streamkeep.bench;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.events.CommitItem;
import io.streamkeep.kernel.store.RecordedEvent;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A commit's item with its events as JSON, never compressed, and without a snapshot. */
final class PlainItem {

  private PlainItem() {}

  /** The write units of the same commit as a plain item; see {@link CommitItem} for the format. */
  static long writeUnits(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> plain = new HashMap<>(item);
    plain.remove("packed");
    plain.remove("snapshot");
    plain.put(
        "events", fromL(CommitItem.read(item).events().stream().map(PlainItem::event).toList()));
    return ItemSize.writeUnits(ItemSize.of(plain));
  }

  private static AttributeValue event(RecordedEvent event) {
    return fromM(
        Map.of(
            "type", fromS(event.type()),
            "schema", fromN(Integer.toString(event.version())),
            "data", fromS(event.data())));
  }
}
