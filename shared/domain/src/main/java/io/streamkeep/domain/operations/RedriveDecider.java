package io.streamkeep.domain.operations;

import io.streamkeep.domain.operations.Redrive.Selection;
import io.streamkeep.kernel.decider.Decider;
import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.decider.Rejection.Kind;
import io.streamkeep.kernel.store.StreamId;
import org.jspecify.annotations.Nullable;

/** A redrive is requested once and completed once, by the first attempt that gets there. */
public final class RedriveDecider implements Decider<RedriveCommand, RedriveEvent, Redrive> {

  @Override
  public Redrive initial() {
    return new Redrive.None();
  }

  @Override
  public Decision<RedriveEvent> decide(RedriveCommand command, Redrive redrive) {
    return switch (command) {
      case RedriveCommand.Request(Selection selection) ->
          redrive instanceof Redrive.None
              ? Decision.accept(
                  new RedriveEvent.Requested(selection.subscriber(), text(selection.stream())))
              : Decision.nothing();
      case RedriveCommand.Inspect inspect -> Decision.nothing();
      case RedriveCommand.Complete(long pointers) ->
          switch (redrive) {
            case Redrive.None none ->
                Decision.reject(Kind.UNKNOWN, "redrive-unknown", "There is no such redrive.");
            case Redrive.Requested requested ->
                Decision.accept(new RedriveEvent.Completed(pointers));
            case Redrive.Completed completed -> Decision.nothing();
          };
    };
  }

  private static @Nullable String text(@Nullable StreamId stream) {
    return stream == null ? null : stream.toString();
  }

  @Override
  public Redrive evolve(Redrive redrive, RedriveEvent event) {
    return switch (event) {
      case RedriveEvent.Requested(String subscriber, String stream) ->
          new Redrive.Requested(
              new Selection(subscriber, stream == null ? null : StreamId.parse(stream)));
      case RedriveEvent.Completed(long pointers) when redrive instanceof Redrive.Requested was ->
          new Redrive.Completed(was.selection(), pointers);
      case RedriveEvent.Completed completed ->
          throw new IllegalStateException("Completed without a request");
    };
  }
}
