package io.streamkeep.functions.projection;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.aws.Json;
import io.streamkeep.aws.dynamodb.DynamoSubscribers;
import io.streamkeep.aws.lambda.BatchResponse;
import io.streamkeep.aws.lambda.FailureLog;
import io.streamkeep.aws.lambda.StreamBatch;
import io.streamkeep.aws.lambda.StreamBatch.Delivered;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.domain.Views;
import io.streamkeep.kernel.Delivery;
import io.streamkeep.kernel.Delivery.Parked;
import io.streamkeep.kernel.Delivery.Stopped;
import io.streamkeep.kernel.Parking;
import io.streamkeep.kernel.Subscriber;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The projection function's wiring. Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}, {@code
 * REDELIVERY_QUEUE} (URL).
 */
public final class ProjectionFunction implements RequestStreamHandler {

  private final List<Subscriber> subscribers = DynamoSubscribers.of(Views.all());
  private final Parking parking =
      new SqsParking(Clients.of(SqsClient.builder()), Environment.required("REDELIVERY_QUEUE"));

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    List<Delivered> records = StreamBatch.read(Json.read(input)).records();
    List<String> failed =
        new Delivery(subscribers, parking, parked -> log(context, parked))
            .deliver(records.stream().map(Delivered::item).toList()).stream()
                .peek(stopped -> log(context, stopped))
                .map(stopped -> records.get(stopped.index()).sequenceNumber())
                .toList();
    Json.write(BatchResponse.failed(failed), output);
  }

  private static void log(Context context, Parked parked) {
    FailureLog.log(context, "Parked " + parked.pointer(), parked.reason());
  }

  private static void log(Context context, Stopped stopped) {
    FailureLog.log(context, "Stopped at record " + stopped.index(), stopped.cause());
  }
}
