package io.streamkeep.aws.lambda;

import io.streamkeep.aws.lambda.StreamBatch.Delivered;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.kernel.subscription.Dispatcher.BatchFailure;
import io.streamkeep.kernel.subscription.Parking;
import io.streamkeep.kernel.subscription.Subscriber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A function that delivers what the stream of the events table hands to it. */
public abstract class StreamHandler extends LambdaHandler {

  private final LoggingDispatcher delivery;

  protected StreamHandler(List<Subscriber> subscribers, Parking parking, InstantSource clock) {
    super(LogEvent.BATCH, clock);
    this.delivery = new LoggingDispatcher(subscribers, parking, clock);
  }

  @Override
  protected final JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    List<Delivered> records = StreamBatch.read(event).records();
    Optional<BatchFailure> stopped =
        delivery.deliver(records.stream().map(Delivered::item).toList(), line);
    line.count(Metric.APPLIED, stopped.map(BatchFailure::index).orElse(records.size()));
    return BatchResponse.failed(
        stopped.map(one -> records.get(one.index()).sequenceNumber()).stream().toList());
  }
}
