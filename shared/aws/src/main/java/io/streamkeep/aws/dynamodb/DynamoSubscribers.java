package io.streamkeep.aws.dynamodb;

import io.streamkeep.aws.Clients;
import io.streamkeep.aws.Environment;
import io.streamkeep.kernel.Subscriber;
import io.streamkeep.kernel.View;
import io.streamkeep.kernel.ViewSubscriber;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Views that subscribe to the events table, as every function that delivers to them has them. */
public final class DynamoSubscribers {

  private DynamoSubscribers() {}

  /** Settings: {@code EVENTS_TABLE}, {@code VIEWS_TABLE}. */
  public static List<Subscriber> of(List<View> views) {
    DynamoDbClient client = Clients.of(DynamoDbClient.builder());
    DynamoEventStore events = new DynamoEventStore(client, Environment.required("EVENTS_TABLE"));
    DynamoViewStore rows = new DynamoViewStore(client, Environment.required("VIEWS_TABLE"));
    return views.stream().<Subscriber>map(v -> new ViewSubscriber(v, rows, events)).toList();
  }
}
