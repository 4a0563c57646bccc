package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.store.RecordedEvent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A format as it should be, and one for each way in which it can be wrong with the same records.
 */
@SuppressWarnings("SameNameButDifferent") // or the names would be what differs
final class WrongBoxes {

  private WrongBoxes() {}

  sealed interface BoxEvent {}

  record Packed(String label, List<BoxFormat.Item> items, BoxFormat.Wrap wrap)
      implements BoxEvent {}

  static class Right extends BoxFormat<BoxEvent> {
    static final Packed PACKED = new Packed("x", ITEMS, new Paper());

    Right() {
      super(BoxEvent.class, PACKED);
    }
  }

  static final class ReadsTheFirstAsSomethingElse extends Right {
    @Override
    public BoxEvent decode(RecordedEvent event) {
      BoxEvent decoded = super.decode(event);
      return event.version() == 1 ? new Packed("?", ITEMS, new Paper()) : decoded;
    }
  }

  static final class WritesSomethingElse extends Right {
    @Override
    public RecordedEvent encode(BoxEvent event) {
      return new RecordedEvent("box.packed", version(), "{\"name\":\"x\"}");
    }
  }

  static final class GuessesTheFuture extends Right {
    @Override
    public BoxEvent decode(RecordedEvent event) {
      return super.decode(event.version() > 2 ? encode(PACKED) : event);
    }
  }

  static final class GuessesWhatItDoesNotKnow extends Right {
    @Override
    public BoxEvent decode(RecordedEvent event) {
      return super.decode(event.type().equals("box.packed") ? event : encode(PACKED));
    }
  }

  static final class HasAnUnlistedFile extends Right {
    @Override
    protected Path folder() {
      return Path.of("src/test/resources/boxes-unlisted");
    }
  }

  /** Its file is gone too. */
  static final class LostTheFirst extends Right {
    @Override
    protected Path folder() {
      return Path.of("src/test/resources/boxes-lost");
    }

    @Override
    protected Map<String, BoxEvent> fixtures() {
      Map<String, BoxEvent> fixtures = new HashMap<>(super.fixtures());
      fixtures.remove("box.packed.v1.json");
      return fixtures;
    }
  }

  static final class HasAnEventWithoutFixture extends BoxFormat<HasAnEventWithoutFixture.Event> {
    sealed interface Event {}

    record Packed(String label, List<Item> items, Wrap wrap) implements Event {}

    record Sent() implements Event {}

    HasAnEventWithoutFixture() {
      super(Event.class, new Packed("x", ITEMS, new Paper()));
    }
  }

  /** A new version without a fixture and a shape of it. */
  static final class OnlyCountsUp extends Right {
    @Override
    int version() {
      return 3;
    }
  }

  /**
   * What is to be done when a record changes: fixtures of three versions, the shape of the last.
   */
  static final class Next extends BoxFormat<Next.Event> {
    sealed interface Event {}

    record Packed(String label, List<Item> items, Wrap wrap, long weight) implements Event {}

    private static final Packed PACKED = new Packed("x", ITEMS, new Paper(), 0);

    Next() {
      super(Event.class, PACKED);
    }

    @Override
    int version() {
      return 3;
    }

    @Override
    protected Path folder() {
      return Path.of("src/test/resources/boxes-next");
    }

    @Override
    protected Map<String, Event> fixtures() {
      Map<String, Event> fixtures = new HashMap<>(super.fixtures());
      fixtures.put("box.packed.v3.json", PACKED);
      return fixtures;
    }
  }
}
