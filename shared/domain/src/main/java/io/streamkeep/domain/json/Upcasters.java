package io.streamkeep.domain.json;

import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Upcasts stored payloads to the current version of their type, one version at a time (1 → 2 → 3),
 * so that only the current version needs a reader. Each step is a pure function of the payload.
 */
public final class Upcasters {

  /** By type, the steps from version 1 to the current one. */
  private final Map<String, List<UnaryOperator<JsonObject>>> chains;

  private Upcasters(Map<String, List<UnaryOperator<JsonObject>>> chains) {
    this.chains = Map.copyOf(chains);
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects types and steps, in any order, and checks that they fit together. */
  public static final class Builder {

    private record Step(String type, int from) {}

    private final Map<String, Integer> newest = new HashMap<>();
    private final Map<Step, UnaryOperator<JsonObject>> steps = new HashMap<>();

    private Builder() {}

    /** Declares the version, from 1, in which a type of event is written. */
    public Builder written(String type, int version) {
      if (version < 1 || newest.putIfAbsent(type, version) != null) {
        throw new IllegalStateException("A type is written in one version, from 1: " + type);
      }
      return this;
    }

    /** Declares how one version of a type becomes the next. */
    public Builder upcast(String type, int from, UnaryOperator<JsonObject> step) {
      if (steps.putIfAbsent(new Step(type, from), step) != null) {
        throw new IllegalStateException("Two upcasters of " + type + " v" + from);
      }
      return this;
    }

    /** Throws {@link IllegalStateException} if a step is missing or not needed. */
    public Upcasters build() {
      Map<Step, UnaryOperator<JsonObject>> left = new HashMap<>(steps);
      Map<String, List<UnaryOperator<JsonObject>>> chains = new HashMap<>();
      newest.forEach((type, last) -> chains.put(type, chain(type, last, left)));
      if (!left.isEmpty()) {
        Step first = left.keySet().iterator().next();
        throw new IllegalStateException(
            "No upcaster of " + first.type() + " v" + first.from() + " is needed");
      }
      return new Upcasters(chains);
    }

    private static List<UnaryOperator<JsonObject>> chain(
        String type, int last, Map<Step, UnaryOperator<JsonObject>> left) {
      List<UnaryOperator<JsonObject>> chain = new ArrayList<>();
      for (int from = 1; from < last; from++) {
        UnaryOperator<JsonObject> step = left.remove(new Step(type, from));
        if (step == null) {
          throw new IllegalStateException("No upcaster of " + type + " v" + from);
        }
        chain.add(step);
      }
      return chain;
    }
  }

  /** The version in which a type is written. */
  public int newest(String type) {
    List<?> chain = chains.get(type);
    if (chain == null) {
      throw new IllegalArgumentException("No version of " + type);
    }
    return chain.size() + 1;
  }

  /**
   * The payload of an event in its type's current version.
   *
   * @throws UnreadableException if this code does not know the type or the version, such as one
   *     from the future, or if the payload is broken
   */
  public JsonObject upcast(RecordedEvent event) {
    String name = event.type() + " v" + event.version();
    @Nullable List<UnaryOperator<JsonObject>> chain = chains.get(event.type());
    if (chain == null || event.version() < 1 || event.version() > chain.size() + 1) {
      throw new UnreadableException("Unknown event " + name);
    }
    JsonObject data = StrictJson.parse(event.data()).orThrow("Event " + name);
    try {
      for (UnaryOperator<JsonObject> step : chain.subList(event.version() - 1, chain.size())) {
        data = step.apply(data);
      }
      return data;
    } catch (RuntimeException e) {
      // a step relies on the form of its version, and fails on any other
      throw new UnreadableException("Event " + name + " is broken: it can't be upcast", e);
    }
  }
}
