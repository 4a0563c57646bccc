package io.streamkeep.kernel.subscription;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Takes in the commits of streams, each once and in order, whatever the delivery makes of them. It
 * keeps a cursor for each stream, written together with its effect.
 */
public interface Subscriber {

  /** Its stored name, such as {@code customer-orders}. */
  String name();

  /** Whether it takes in streams of this category. */
  boolean handles(StreamId stream);

  /**
   * Takes in what was delivered of a stream: drops what it has, fills what is missing before it.
   * Where it is parked it does nothing: what catches up takes that in too.
   *
   * @param delivered commits of the stream, ascending; none if they could not be read, so that all
   *     is to be filled
   * @throws PoisonException if a commit can't be taken in; all before it have been
   */
  void deliver(StreamId stream, List<Commit> delivered);

  /**
   * Takes in what was delivered of several streams; as it is here, of one after the other.
   *
   * @return what hindered it, by stream: a {@link PoisonException} is of that stream alone, any
   *     other failure is of the infrastructure, and the streams after it may not have been tried
   */
  default Map<StreamId, RuntimeException> deliver(SequencedMap<StreamId, List<Commit>> batch) {
    Map<StreamId, RuntimeException> failures = new LinkedHashMap<>();
    for (Map.Entry<StreamId, List<Commit>> one : batch.entrySet()) {
      try {
        deliver(one.getKey(), one.getValue());
      } catch (PoisonException e) {
        failures.put(one.getKey(), e);
      } catch (RuntimeException e) {
        failures.put(one.getKey(), e);
        break;
      }
    }
    return failures;
  }

  /**
   * Takes in all of a stream up to its head.
   *
   * @throws PoisonException if a commit can't be taken in; all before it have been
   */
  void catchUp(StreamId stream);

  /** Remembers that it can't go on in a stream until it has caught up there. */
  void park(ParkedPosition pointer, String reason, Instant at);
}
