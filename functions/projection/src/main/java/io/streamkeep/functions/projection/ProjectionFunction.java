package io.streamkeep.functions.projection;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.lambda.BatchResponse;
import io.streamkeep.aws.lambda.EventHandler;
import io.streamkeep.aws.lambda.LoggedDelivery;
import io.streamkeep.aws.lambda.StreamBatch;
import io.streamkeep.aws.lambda.StreamBatch.Delivered;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.Delivery.Stopped;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The projection function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * REDELIVERY_QUEUE} (URL).
 */
public final class ProjectionFunction extends EventHandler {

  private final LoggedDelivery delivery =
      new LoggedDelivery(
          DynamoSubscribers.of(Views.all()),
          new SqsParking(Clients.of(SqsClient.builder()), Environment.required("REDELIVERY_QUEUE")),
          clock);

  public ProjectionFunction() {
    super(LogEvent.BATCH, InstantSource.system());
  }

  @Override
  protected JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    List<Delivered> records = StreamBatch.read(event).records();
    Optional<Stopped> stopped =
        delivery.deliver(records.stream().map(Delivered::item).toList(), line);
    line.count(Metric.APPLIED, stopped.map(Stopped::index).orElse(records.size()));
    return BatchResponse.failed(
        stopped.map(one -> records.get(one.index()).sequenceNumber()).stream().toList());
  }
}
