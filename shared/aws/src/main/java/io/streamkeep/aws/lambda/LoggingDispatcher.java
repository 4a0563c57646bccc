package io.streamkeep.aws.lambda;

import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.Dispatcher.ParkedNotice;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.Parking;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A {@link Dispatcher} that logs what it delivered, what it parked and why it stopped. */
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
   * Delivers a batch; empty if all of it was applied or parked.
   *
   * @param line the batch's; a parked position and a failure have lines of their own
   */
  public Optional<BatchFailure> deliver(List<DeliveredCommit> batch, LogLine line) {
    AtomicInteger parked = new AtomicInteger();
    Consumer<ParkedNotice> onParked =
        notice -> {
          parked.incrementAndGet();
          log(notice, line);
        };
    Optional<BatchFailure> failure =
        new Dispatcher(subscribers, parking, clock, onParked).deliver(batch);
    failure.ifPresent(found -> log(found, batch.get(found.index()), line));
    line.number("records", batch.size())
        .number("parked", parked.get())
        .metadata(batch.stream().map(LoggingDispatcher::metadata).toList());
    return failure;
  }

  /**
   * Leaves positions to redelivery, and records that they are parked, so that they are found again
   * if their messages are lost or die. Subscribers that have advanced past them are not parked.
   */
  public void leaveToRedelivery(List<ParkedPosition> positions, BatchFailure failure) {
    parking.parkAll(positions); // first, so that whatever is marked as parked is redelivered
    String reason = "Could not be reached: " + failure.cause().getClass().getName();
    for (ParkedPosition position : positions) {
      subscribers.stream()
          .filter(subscriber -> subscriber.name().equals(position.subscriber()))
          .forEach(subscriber -> subscriber.park(position, reason, clock.instant()));
    }
  }

  /**
   * Does something with a subscriber in a stream. If it can't continue there, parks it for
   * redelivery.
   *
   * @param line gets a line of its own about that
   */
  public void parkIfPoisoned(
      Subscriber subscriber, StreamId stream, Runnable action, LogLine line) {
    try {
      action.run();
    } catch (PoisonException e) {
      ParkedPosition position = e.position(subscriber.name(), stream);
      parking.park(position);
      subscriber.park(position, e.reason(), clock.instant());
      log(new ParkedNotice(position, e), line);
    }
  }

  private static Metadata metadata(DeliveredCommit delivered) {
    Commit commit = delivered.commit();
    return commit == null ? Metadata.NONE : commit.metadata();
  }

  private static void log(ParkedNotice parked, LogLine batch) {
    ParkedPosition position = parked.position();
    batch.another(LogEvent.PARKED).name("subscriber", position.subscriber()).stream(
            position.stream())
        .number("commit", position.commit())
        .metadata(position.metadata())
        .failure(parked.reason())
        .count(Metric.PARKED, 1)
        .write();
  }

  private static void log(BatchFailure failure, DeliveredCommit at, LogLine batch) {
    batch.another(LogEvent.BATCH_FAILED).stream(at.stream())
        .number("commit", at.number())
        .metadata(metadata(at))
        .failure(failure.cause())
        .count(Metric.BATCH_FAILURES, 1)
        .write();
  }
}
