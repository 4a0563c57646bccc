package io.streamkeep.domain.module;

import io.streamkeep.kernel.decider.Aggregate;
import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.StreamId;
import jakarta.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The registration of one aggregate. A domain package builds one and the registry lists it; the
 * generic command, query and projection endpoints do the rest.
 *
 * @param category the category of its streams, such as {@code order}; also its name in error codes
 * @param answer builds a command's answer from the stream's key and state
 */
public record AggregateModule<C, E, S>(
    String category,
    Decider<C, E, S> decider,
    Aggregate<E, S> aggregate,
    BiFunction<String, S, JsonObject> answer,
    List<CommandOperation<C>> commands,
    List<QueryOperation> queries,
    List<Projection<?, ?>> projections) {

  public AggregateModule {
    commands = List.copyOf(commands);
    queries = List.copyOf(queries);
    projections = List.copyOf(projections);
  }

  /** Starts a module that has no operations and no views yet. */
  public static <C, E, S> Builder<C, E, S> of(
      String category,
      Decider<C, E, S> decider,
      EventCodec<E> events,
      @Nullable StateCodec<S> states) {
    return new Builder<>(category, decider, new Aggregate<>(decider, events, states));
  }

  /** The stream with an id from the API, in any case; empty if no operation can have created it. */
  public Optional<StreamId> stream(String id) {
    return StreamId.createdKey(id).map(key -> new StreamId(category, key));
  }

  /** Adds operations and views, in the order in which documents list them. */
  public static final class Builder<C, E, S> {

    private final String category;
    private final Decider<C, E, S> decider;
    private final Aggregate<E, S> aggregate;
    private final List<CommandOperation<C>> commands = new ArrayList<>();
    private final List<QueryOperation> queries = new ArrayList<>();
    private final List<Projection<?, ?>> projections = new ArrayList<>();
    private BiFunction<String, S, JsonObject> answer =
        (key, state) -> {
          throw new IllegalStateException("No command of this aggregate has an answer");
        };

    private Builder(String category, Decider<C, E, S> decider, Aggregate<E, S> aggregate) {
      this.category = category;
      this.decider = decider;
      this.aggregate = aggregate;
    }

    /** Sets the response body of commands. */
    public Builder<C, E, S> answer(BiFunction<String, S, JsonObject> shown) {
      this.answer = shown;
      return this;
    }

    /** Adds a command that starts a stream. */
    public Builder<C, E, S> create(
        String operationId, String route, RequestReader<? extends C> reader) {
      commands.add(new CommandOperation<>(operationId, route, true, reader));
      return this;
    }

    /** Adds a command on the stream that the path's {@code id} names. */
    public Builder<C, E, S> command(
        String operationId, String route, RequestReader<? extends C> reader) {
      commands.add(new CommandOperation<>(operationId, route, false, reader));
      return this;
    }

    public Builder<C, E, S> query(QueryOperation query) {
      queries.add(query);
      return this;
    }

    public Builder<C, E, S> view(View<E, ?> view) {
      projections.add(new Projection<>(category, aggregate.events(), view));
      return this;
    }

    public AggregateModule<C, E, S> build() {
      return new AggregateModule<>(
          category, decider, aggregate, answer, commands, queries, projections);
    }
  }
}
