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
   * Carries out a command over some streams, once, however often it is repeated or by whom at the
   * same time. What it changes is written together, and only if none of the other streams has
   * changed since it was decided; so is a no, or that nothing is to be done, to be believed.
   *
   * @param participants different streams, at most {@value EventStore#MAX_STREAMS}; the request's
   *     precondition is about the first, and the outcome's commit is that one's
   * @param decide pure; asked anew for each try, and perhaps of states that were never there at the
   *     same time: what it says of them is not told
   * @param incidents told what happens on the way
   * @throws IllegalArgumentException if a stream takes part twice, or is changed without taking
   *     part
   * @throws UnreadableException if a stream can't be read
   * @throws ThrottledException if the store asks to be called less often, and goes on doing so
   */
  Outcome<StreamStates> handle(
      List<StreamRef<?, ?>> participants,
      CommandEnvelope<?> request,
      Function<StreamStates, Decision<StreamChange<?>>> decide,
      Consumer<AttemptEvent> incidents);
}
