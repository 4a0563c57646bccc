package io.streamkeep.functions.projection;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.lambda.BatchResponse;
import io.streamkeep.aws.lambda.EventHandler;
import io.streamkeep.aws.lambda.StreamBatch;
import io.streamkeep.aws.lambda.StreamBatch.Delivered;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.log.Metric;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.Delivery;
import io.streamkeep.kernel.Delivery.Poisoned;
import io.streamkeep.kernel.Delivery.Stopped;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.Parking;
import io.streamkeep.kernel.Parking.Pointer;
import io.streamkeep.kernel.Subscriber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The projection function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * REDELIVERY_QUEUE} (URL).
 */
public final class ProjectionFunction extends EventHandler {

  private final List<Subscriber> subscribers = DynamoSubscribers.of(Views.all());
  private final Parking parking =
      new SqsParking(Clients.of(SqsClient.builder()), Environment.required("REDELIVERY_QUEUE"));

  public ProjectionFunction() {
    super(LogEvent.BATCH, InstantSource.system());
  }

  @Override
  protected JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    List<Delivered> records = StreamBatch.read(event).records();
    AtomicInteger parked = new AtomicInteger();
    Delivery delivery =
        new Delivery(
            subscribers,
            parking,
            clock,
            one -> {
              parked.incrementAndGet();
              log(one, line);
            });
    Optional<Stopped> stopped = delivery.deliver(records.stream().map(Delivered::item).toList());
    stopped.ifPresent(one -> log(one, records.get(one.index()), line));
    line.number("records", records.size())
        .number("parked", parked.get())
        .metadata(records.stream().map(ProjectionFunction::metadata).toList())
        .count(Metric.APPLIED, stopped.map(Stopped::index).orElse(records.size()));
    return BatchResponse.failed(
        stopped.map(one -> records.get(one.index()).sequenceNumber()).stream().toList());
  }

  private static Metadata metadata(Delivered record) {
    Commit commit = record.item().commit();
    return commit == null ? Metadata.NONE : commit.metadata();
  }

  private static void log(Poisoned parked, LogLine batch) {
    Pointer pointer = parked.pointer();
    batch.another(LogEvent.PARKED).name("subscriber", pointer.subscriber()).stream(pointer.stream())
        .number("commit", pointer.commit())
        .metadata(pointer.metadata())
        .failure(parked.reason())
        .count(Metric.PARKED, 1)
        .write();
  }

  private static void log(Stopped stopped, Delivered at, LogLine batch) {
    batch.another(LogEvent.STOPPED).stream(at.item().stream())
        .number("commit", at.item().number())
        .metadata(metadata(at))
        .failure(stopped.cause())
        .count(Metric.STOPPED, 1)
        .write();
  }
}
