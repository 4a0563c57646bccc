package io.streamkeep.testkit.contract;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One format for each way in which a record can change while its version stays. */
@SuppressWarnings("SameNameButDifferent") // else the names would differ, too
final class ChangedBoxFormats {

  private ChangedBoxFormats() {}

  static final class Added extends BoxFormat<Added.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items, Wrap wrap, long weight) implements Event {}

    Added() {
      super(Event.class, new Filled("x", ITEMS, new Paper(), 0));
    }
  }

  static final class Removed extends BoxFormat<Removed.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items) implements Event {}

    Removed() {
      super(Event.class, new Filled("x", ITEMS));
    }
  }

  static final class Renamed extends BoxFormat<Renamed.Event> {
    sealed interface Event {}

    record Filled(String title, List<Item> items, Wrap wrap) implements Event {}

    Renamed() {
      super(Event.class, new Filled("x", ITEMS, new Paper()));
    }
  }

  static final class Retyped extends BoxFormat<Retyped.Event> {
    sealed interface Event {}

    record Filled(long label, List<Item> items, Wrap wrap) implements Event {}

    Retyped() {
      super(Event.class, new Filled(1, ITEMS, new Paper()));
    }
  }

  static final class RetypedInside extends BoxFormat<RetypedInside.Event> {
    sealed interface Event {}

    record Filled(String label, List<Set<Item>> items, Wrap wrap) implements Event {}

    RetypedInside() {
      super(Event.class, new Filled("x", List.of(), new Paper()));
    }
  }

  static final class MadeOptional extends BoxFormat<MadeOptional.Event> {
    sealed interface Event {}

    record Filled(@Nullable String label, List<Item> items, Wrap wrap) implements Event {}

    MadeOptional() {
      super(Event.class, new Filled("x", ITEMS, new Paper()));
    }
  }

  static final class NestedAdded extends BoxFormat<NestedAdded.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items, Wrap wrap) implements Event {}

    record Item(String name, Colour colour, long count) {}

    NestedAdded() {
      super(Event.class, new Filled("x", List.of(), new Paper()));
    }
  }

  static final class NestedRenamed extends BoxFormat<NestedRenamed.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items, Wrap wrap) implements Event {}

    record Item(String title, Colour colour) {}

    NestedRenamed() {
      super(Event.class, new Filled("x", List.of(), new Paper()));
    }
  }

  static final class AnotherConstant extends BoxFormat<AnotherConstant.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items, Wrap wrap) implements Event {}

    record Item(String name, Colour colour) {}

    enum Colour {
      RED,
      BLUE,
      GREEN
    }

    AnotherConstant() {
      super(Event.class, new Filled("x", List.of(), new Paper()));
    }
  }

  static final class AnotherVariant extends BoxFormat<AnotherVariant.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items, Wrap wrap) implements Event {}

    sealed interface Wrap {}

    record Paper() implements Wrap {}

    record Foil(int layers) implements Wrap {}

    record Cloth() implements Wrap {}

    AnotherVariant() {
      super(Event.class, new Filled("x", ITEMS, new Paper()));
    }
  }

  static final class VariantRetyped extends BoxFormat<VariantRetyped.Event> {
    sealed interface Event {}

    record Filled(String label, List<Item> items, Wrap wrap) implements Event {}

    sealed interface Wrap {}

    record Paper() implements Wrap {}

    record Foil(long layers) implements Wrap {}

    VariantRetyped() {
      super(Event.class, new Filled("x", ITEMS, new Paper()));
    }
  }
}
