package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A format with one event, stored in two versions. It always writes the same, as if nobody had
 * noticed a change of the record. The build does not run it, nor its subclasses.
 */
abstract class BoxFormat<E> extends StoredFormatContract<E> implements EventCodec<E> {

  record Item(String name, Colour colour) {}

  enum Colour {
    RED,
    BLUE
  }

  sealed interface Wrap {}

  record Paper() implements Wrap {}

  record Foil(int layers) implements Wrap {}

  static final List<Item> ITEMS = List.of(new Item("y", Colour.RED));

  private final Class<E> events;
  private final E filled;

  BoxFormat(Class<E> events, E filled) {
    this.events = events;
    this.filled = filled;
  }

  int version() {
    return 2;
  }

  @Override
  public RecordedEvent encode(E event) {
    return new RecordedEvent("box.filled", version(), "{\"label\":\"x\"}");
  }

  @Override
  public E decode(RecordedEvent event) {
    if (!event.type().equals("box.filled") || event.version() < 1 || event.version() > version()) {
      throw new UnreadableException("Unknown event");
    }
    return filled;
  }

  @Override
  protected EventCodec<E> codec() {
    return this;
  }

  @Override
  protected Class<E> events() {
    return events;
  }

  @Override
  protected Path folder() {
    return Path.of("src/test/resources/boxes");
  }

  @Override
  protected Map<String, E> fixtures() {
    return Map.of("box.filled.v1.json", filled, "box.filled.v2.json", filled);
  }
}
