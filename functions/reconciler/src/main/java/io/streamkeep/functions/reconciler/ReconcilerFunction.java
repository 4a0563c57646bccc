package io.streamkeep.functions.reconciler;

import io.streamkeep.aws.json.Json;
import io.streamkeep.aws.lambda.LambdaHandler;
import io.streamkeep.aws.lambda.LoggingDispatcher;
import io.streamkeep.aws.lambda.MissedDeliveryRepair;
import io.streamkeep.aws.log.LogEvent;
import io.streamkeep.aws.log.LogLine;
import io.streamkeep.aws.wiring.Clients;
import io.streamkeep.aws.wiring.DynamoStores;
import io.streamkeep.aws.wiring.SqsQueues;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.domain.Registry;
import io.streamkeep.kernel.reconcile.CursorAudit;
import io.streamkeep.kernel.reconcile.Reconciler;
import io.streamkeep.kernel.subscription.Parking;
import io.streamkeep.kernel.subscription.Subscriber;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Wires the reconciler function; settings as in {@link DynamoStores} and {@link SqsQueues}. */
public final class ReconcilerFunction extends LambdaHandler {

  /** Pages of 1 MB in a slice; with the schedule's rate, this limits the cost of the scan. */
  private static final int MAX_PAGES = 40;

  private static final int MAX_COMMITS = 5000;

  private final DynamoStores stores = new DynamoStores(Clients.of(DynamoDbClient.builder()));
  private final SqsQueues queues = new SqsQueues(Clients.of(SqsClient.builder()));
  private final List<Subscriber> subscribers =
      SubscriberFactory.all(Registry.projections(), stores, queues, clock);
  private final Parking redelivery = queues.parking();
  private final LoggingDispatcher dispatcher =
      new LoggingDispatcher(subscribers, redelivery, clock);
  private final Reconciliation reconciliation =
      new Reconciliation(
          stores.scanCheckpoints(),
          new Reconciler(
              stores.commitScanner(MAX_COMMITS),
              stores.changeMarker(),
              stores.cursors(),
              subscribers,
              clock,
              MAX_PAGES),
          new MissedDeliveryRepair(dispatcher),
          new ExpiredParking(
              stores.parked(),
              stores.views(),
              redelivery,
              subscribers.stream().map(Subscriber::name).toList()),
          clock);
  private final CursorAudit cursors =
      new CursorAudit(stores.cursorScanner(), stores.events(), subscribers, clock);
  private final Audit audit = new Audit(stores.auditCheckpoints(), cursors, dispatcher, clock);
  private final Rewinding rewinding = new Rewinding(cursors, dispatcher);

  public ReconcilerFunction() {
    super(LogEvent.RECONCILIATION, InstantSource.system());
  }

  @Override
  protected JsonObject handle(JsonObject event, Instant deadline, LogLine line) {
    if (Rewinding.isRequested(event)) {
      return rewinding.run(event, deadline, line);
    }
    reconciliation.run(deadline, line);
    audit.run(deadline, line);
    return Json.object().build();
  }
}
