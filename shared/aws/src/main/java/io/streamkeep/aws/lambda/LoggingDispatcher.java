package io.streamkeep.aws.lambda;

import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.Dispatcher.ParkedNotice;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Parking;
import io.streamkeep.kernel.subscription.Subscriber;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A {@link Dispatcher} that tells the log what was delivered, what was parked and what stopped it.
 */
public final class LoggingDispatcher {

  private final List<Subscriber> subscribers;
  private final Parking parking;
  private final InstantSource clock;

  public LoggingDispatcher(List<Subscriber> subscribers, Parking parking, InstantSource clock) {
    this.subscribers = List.copyOf(subscribers);
    this.parking = parking;
    this.clock = clock;
  }

  /**
   * Delivers a batch; empty if all of it was taken in or parked.
   *
   * @param line the batch's; what is parked and what stops it have lines of their own
   */
  public Optional<BatchFailure> deliver(List<DeliveredCommit> batch, LogLine line) {
    AtomicInteger parked = new AtomicInteger();
    Dispatcher delivery =
        new Dispatcher(
            subscribers,
            parking,
            clock,
            one -> {
              parked.incrementAndGet();
              log(one, line);
            });
    Optional<BatchFailure> stopped = delivery.deliver(batch);
    stopped.ifPresent(one -> log(one, batch.get(one.index()), line));
    line.number("records", batch.size())
        .number("parked", parked.get())
        .metadata(batch.stream().map(LoggingDispatcher::metadata).toList());
    return stopped;
  }

  private static Metadata metadata(DeliveredCommit item) {
    Commit commit = item.commit();
    return commit == null ? Metadata.NONE : commit.metadata();
  }

  private static void log(ParkedNotice parked, LogLine batch) {
    ParkedPosition pointer = parked.pointer();
    batch.another(LogEvent.PARKED).name("subscriber", pointer.subscriber()).stream(pointer.stream())
        .number("commit", pointer.commit())
        .metadata(pointer.metadata())
        .failure(parked.reason())
        .count(Metric.PARKED, 1)
        .write();
  }

  private static void log(BatchFailure stopped, DeliveredCommit at, LogLine batch) {
    batch.another(LogEvent.STOPPED).stream(at.stream())
        .number("commit", at.number())
        .metadata(metadata(at))
        .failure(stopped.cause())
        .count(Metric.STOPPED, 1)
        .write();
  }
}
