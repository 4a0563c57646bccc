package io.streamkeep.bench;

import io.streamkeep.aws.json.Json;
import io.streamkeep.bench.Shelf.Moved;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.retail.Row;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** The view that is measured: what a shelf has, and what was moved last. */
record LevelView(String name, String category) implements View {

  @Override
  public Row apply(@Nullable Row row, Commit commit) {
    JsonObject before = row == null ? JsonObject.EMPTY_JSON_OBJECT : Json.read(row.data());
    long moves = before.getInt("moves", 0);
    long quantity = before.getInt("quantity", 0);
    String note = "";
    for (RecordedEvent event : commit.events()) {
      Moved moved = Shelf.decider().decode(event);
      moves++;
      quantity += moved.by();
      note = moved.note();
    }
    JsonObject level =
        Json.object().add("moves", moves).add("quantity", quantity).add("note", note).build();
    return new Row(level.toString(), null);
  }
}
