package io.streamkeep.aws.lambda;

import io.streamkeep.aws.lambda.StreamBatch.StreamRecord;
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

/** A function that delivers records of the event table's stream to subscribers. */
public abstract class StreamHandler extends LambdaHandler {

  private final LoggingDispatcher dispatcher;

  protected StreamHandler(List<Subscriber> subscribers, Parking parking, InstantSource clock) {
    super(LogEvent.BATCH, clock);
    this.dispatcher = new LoggingDispatcher(subscribers, parking, clock);
  }

  @Override
  protected final JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    StreamBatch batch = StreamBatch.read(event);
    List<StreamRecord> records = batch.records();
    Optional<BatchFailure> failure =
        dispatcher.deliver(records.stream().map(StreamRecord::commit).toList(), line);
    line.count(Metric.APPLIED, failure.map(BatchFailure::index).orElse(records.size()))
        .count(Metric.FOREIGN_RECORDS, batch.foreign());
    return BatchResponse.failed(
        failure.map(at -> records.get(at.index()).sequenceNumber()).stream().toList());
  }
}
