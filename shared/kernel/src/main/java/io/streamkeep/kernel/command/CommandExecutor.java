package io.streamkeep.kernel.command;

import io.streamkeep.kernel.decider.Decision;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** Carries out commands over one stream or several. */
public interface CommandExecutor {

  /**
   * Carries out a command over some streams exactly once, however often it is repeated or sent
   * concurrently. All changes are written together, and only if no other stream of the command has
   * advanced since the decision. A rejection or no-op is checked in the same way.
   *
   * @param streams distinct, at most {@value EventStore#MAX_STREAMS}; the precondition and the
   *     outcome's commit are about the first
   * @param decide pure; called for each attempt, perhaps with states that never existed at the same
   *     time: a decision on those is discarded
   * @param observer notified of events on the way
   * @throws IllegalArgumentException if a stream is listed twice, or changed without being listed
   * @throws UnreadableException if a stream can't be read
   * @throws ThrottledException if the store throttles until the command's deadline
   */
  Outcome<StreamStates> handle(
      List<StreamRef<?, ?>> streams,
      CommandEnvelope<?> envelope,
      Function<StreamStates, Decision<StreamChange<?>>> decide,
      Consumer<AttemptEvent> observer);
}
