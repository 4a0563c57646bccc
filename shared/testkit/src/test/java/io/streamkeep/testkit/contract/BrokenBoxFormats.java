package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.store.RecordedEvent;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A correct format, and one for each defect that is possible with the same records. */
@SuppressWarnings("SameNameButDifferent") // else the names would differ, too
final class BrokenBoxFormats {

  private BrokenBoxFormats() {}

  sealed interface BoxEvent {}

  record Filled(String label, List<BoxFormat.Item> items, BoxFormat.Wrap wrap)
      implements BoxEvent {}

  static class Correct extends BoxFormat<BoxEvent> {
    static final Filled FILLED = new Filled("x", ITEMS, new Paper());

    Correct() {
      super(BoxEvent.class, FILLED);
    }
  }

  static final class MisreadsVersionOne extends Correct {
    @Override
    public BoxEvent decode(RecordedEvent event) {
      BoxEvent decoded = super.decode(event);
      return event.version() == 1 ? new Filled("?", ITEMS, new Paper()) : decoded;
    }
  }

  static final class WritesAnotherForm extends Correct {
    @Override
    public RecordedEvent encode(BoxEvent event) {
      return new RecordedEvent("box.filled", version(), "{\"name\":\"x\"}");
    }
  }

  static final class AcceptsFutureVersions extends Correct {
    @Override
    public BoxEvent decode(RecordedEvent event) {
      return super.decode(event.version() > 2 ? encode(FILLED) : event);
    }
  }

  static final class AcceptsUnknownTypes extends Correct {
    @Override
    public BoxEvent decode(RecordedEvent event) {
      return super.decode(event.type().equals("box.filled") ? event : encode(FILLED));
    }
  }

  static final class HasUnlistedFile extends Correct {
    @Override
    protected Path folder() {
      return Path.of("src/test/resources/boxes-unlisted");
    }
  }

  /** The file is missing, too. */
  static final class LacksVersionOne extends Correct {
    @Override
    protected Path folder() {
      return Path.of("src/test/resources/boxes-lost");
    }

    @Override
    protected Map<String, BoxEvent> fixtures() {
      Map<String, BoxEvent> fixtures = new HashMap<>(super.fixtures());
      fixtures.remove("box.filled.v1.json");
      return fixtures;
    }
  }

  static final class HasEventWithoutFixture extends BoxFormat<HasEventWithoutFixture.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items, Wrap wrap) implements Event {}

    record Sent() implements Event {}

    HasEventWithoutFixture() {
      super(Event.class, new Filled("x", ITEMS, new Paper()));
    }
  }

  /** A new version without its fixture and shape. */
  static final class OnlyIncrementsTheVersion extends Correct {
    @Override
    int version() {
      return 3;
    }
  }

  /** A record changed correctly: fixtures of three versions, the shape of the last. */
  static final class Next extends BoxFormat<Next.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items, Wrap wrap, long weight) implements Event {}

    private static final Filled FILLED = new Filled("x", ITEMS, new Paper(), 0);

    Next() {
      super(Event.class, FILLED);
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
      fixtures.put("box.filled.v3.json", FILLED);
      return fixtures;
    }
  }
}
