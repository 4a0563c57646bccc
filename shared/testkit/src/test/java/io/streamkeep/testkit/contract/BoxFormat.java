package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A format with one event, stored in two versions. It writes always the same, as one that nobody
 * told of a change of the record. Not found by the build, nor are those that extend it.
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
  private final E packed;

  BoxFormat(Class<E> events, E packed) {
    this.events = events;
    this.packed = packed;
  }

  int version() {
    return 2;
  }

  @Override
  public RecordedEvent encode(E event) {
    return new RecordedEvent("box.packed", version(), "{\"label\":\"x\"}");
  }

  @Override
  public E decode(RecordedEvent event) {
    if (!event.type().equals("box.packed") || event.version() < 1 || event.version() > version()) {
      throw new UnreadableException("Unknown event");
    }
    return packed;
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
    return Map.of("box.packed.v1.json", packed, "box.packed.v2.json", packed);
  }
}
