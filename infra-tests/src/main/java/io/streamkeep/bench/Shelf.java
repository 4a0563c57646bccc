package io.streamkeep.bench;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.store.RecordedEvent;

import jakarta.json.Json;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.util.List;
import java.util.Map;

/** The aggregate that is measured: a shelf, to and from which goods are moved. */
final class Shelf
    implements Decider<Shelf.Move, Shelf.Moved, Shelf.Level>, EventCodec<Shelf.Moved> {

  private static final Shelf SHELF = new Shelf();

  /** With snapshots. */
  static final Aggregate<Moved, Level> AGGREGATE = new Aggregate<>(SHELF, SHELF, new Levels());

  private static final String TYPE = "shelf.moved";

  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());
  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  private Shelf() {}

  static Shelf decider() {
    return SHELF;
  }

  /** A command: all of it at once. */
  record Move(List<Moved> all) {
    Move {
      all = List.copyOf(all);
    }
  }

  record Moved(String sku, long by, String note) {}

  record Level(long moves, long quantity) {}

  @Override
  public Level initial() {
    return new Level(0, 0);
  }

  @Override
  public Decision<Moved> decide(Move move, Level level) {
    return new Decision.Accepted<>(move.all());
  }

  @Override
  public Level evolve(Level level, Moved moved) {
    return new Level(level.moves() + 1, level.quantity() + moved.by());
  }

  @Override
  public RecordedEvent encode(Moved moved) {
    JsonObject json =
        BUILDERS
            .createObjectBuilder()
            .add("sku", moved.sku())
            .add("by", moved.by())
            .add("note", moved.note())
            .build();
    return new RecordedEvent(TYPE, 1, json.toString());
  }

  @Override
  public Moved decode(RecordedEvent event) {
    JsonObject json = json(event.data());
    return new Moved(
        json.getString("sku"), json.getJsonNumber("by").longValueExact(), json.getString("note"));
  }

  private static final class Levels implements StateCodec<Level> {

    @Override
    public int schema() {
      return 1;
    }

    @Override
    public String encode(Level level) {
      return BUILDERS
          .createObjectBuilder()
          .add("moves", level.moves())
          .add("quantity", level.quantity())
          .build()
          .toString();
    }

    @Override
    public Level decode(String data) {
      JsonObject json = json(data);
      return new Level(
          json.getJsonNumber("moves").longValueExact(),
          json.getJsonNumber("quantity").longValueExact());
    }
  }

  private static JsonObject json(String text) {
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
