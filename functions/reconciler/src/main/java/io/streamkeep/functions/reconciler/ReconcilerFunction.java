package io.streamkeep.functions.reconciler;

import io.streamkeep.aws.dynamodb.scan.DynamoCommitScanner;
import io.streamkeep.aws.dynamodb.scan.DynamoScanCheckpoint;
import io.streamkeep.aws.dynamodb.scan.DynamoScanCheckpoint.Kept;
import io.streamkeep.aws.dynamodb.views.DynamoCursors;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.lambda.LambdaHandler;
import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.lambda.MissedDeliveryRepair;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.sqs.SqsParking;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.Environment;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.reconcile.Reconciler;
import io.streamkeep.kernel.reconcile.Reconciler.Slice;
import io.streamkeep.kernel.subscription.Subscriber;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * The reconciler function's wiring: each event is a slice. Settings: {@code EVENTS_TABLE}, {@code
 * VIEWS_TABLE}, {@code FEED_TABLE}, {@code FEED_PARTITIONS} (a number), {@code OUTBOUND_QUEUE}
 * (URL), {@code OUTBOUND_TYPES} (of events), {@code REDELIVERY_QUEUE} (URL).
 */
public final class ReconcilerFunction extends LambdaHandler {

  /** Of 1 MB; 40 a minute are 57 GB a day, which bounds what finding the heads costs. */
  private static final int PAGES = 40;

  private static final int MOST_COMMITS = 5000;

  /** What the repair that was begun last still has. */
  private static final Duration RESERVE = Duration.ofSeconds(10);

  private final DynamoDbClient client = Clients.of(DynamoDbClient.builder());
  private final SqsClient queues = Clients.of(SqsClient.builder());
  private final List<Subscriber> subscribers =
      SubscriberFactory.fromSettings(client).all(Registry.projections(), queues, clock);
  private final String events = Environment.required("EVENTS_TABLE");
  private final String views = Environment.required("VIEWS_TABLE");
  private final SqsParking redelivery = SqsParking.fromSettings(queues);
  private final DynamoScanCheckpoint cycle = new DynamoScanCheckpoint(client, views);
  private final Reconciler reconciler =
      new Reconciler(
          new DynamoCommitScanner(client, events, MOST_COMMITS),
          new DynamoCursors(client, views),
          subscribers,
          clock,
          PAGES);
  private final MissedDeliveryRepair repair =
      new MissedDeliveryRepair(new LoggingDispatcher(subscribers, redelivery, clock), redelivery);
  private final ExpiredParking forgotten =
      new ExpiredParking(
          new DynamoViewStore(client, views),
          redelivery,
          subscribers.stream().map(Subscriber::name).toList());

  public ReconcilerFunction() {
    super(LogEvent.RECONCILIATION, InstantSource.system());
  }

  @Override
  protected JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    Kept kept = cycle.find(clock.instant());
    Slice slice =
        reconciler.slice(
            kept.cycle(), deadline.minus(RESERVE), missed -> repair.repair(missed, line));
    line.number("pages", slice.pages())
        .number("commits", slice.commits())
        .number("foreign", slice.foreign())
        .number("compared", slice.compared())
        .number("missed", slice.missed())
        .number("sentAgain", slice.ended() ? forgotten.sendAgain(clock.instant()) : 0)
        .name("outcome", outcome(slice, cycle.put(kept, slice.next())));
    return Json.object().build();
  }

  private static String outcome(Slice slice, boolean put) {
    if (!put) {
      return "overtaken";
    }
    return slice.ended() ? "cycle-ended" : "slice-ended";
  }
}
