package io.streamkeep.aws.wiring;

import io.streamkeep.aws.dynamodb.FeedTable;
import io.streamkeep.aws.dynamodb.events.DynamoCommitSamples;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.scan.DynamoChangeMarker;
import io.streamkeep.aws.dynamodb.scan.DynamoCommitScanner;
import io.streamkeep.aws.dynamodb.scan.DynamoScanCheckpointStore;
import io.streamkeep.aws.dynamodb.views.DynamoCursorScanner;
import io.streamkeep.aws.dynamodb.views.DynamoCursors;
import io.streamkeep.aws.dynamodb.views.DynamoParkedReader;
import io.streamkeep.aws.dynamodb.views.DynamoRedriveMarks;
import io.streamkeep.aws.dynamodb.views.DynamoViewReader;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.kernel.feed.FeedStore;
import io.streamkeep.kernel.projection.ViewReader;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.reconcile.ChangeMarker;
import io.streamkeep.kernel.reconcile.CommitScanner;
import io.streamkeep.kernel.reconcile.CursorScanner;
import io.streamkeep.kernel.reconcile.Cursors;
import io.streamkeep.kernel.reconcile.ScanCheckpointStore;
import io.streamkeep.kernel.store.CommitSamples;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.subscription.ParkedReader;
import io.streamkeep.kernel.subscription.RedriveMarks;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The stores on the tables that a function's settings name. */
public record DynamoStores(DynamoDbClient client) {

  /** Setting: {@code EVENTS_TABLE}. */
  public EventStore events() {
    return new DynamoEventStore(client, Environment.required("EVENTS_TABLE"));
  }

  /** Setting: {@code EVENTS_TABLE}. */
  public CommitSamples commitSamples() {
    return new DynamoCommitSamples(client, Environment.required("EVENTS_TABLE"));
  }

  /** Setting: {@code EVENTS_TABLE}. */
  public CommitScanner commitScanner(int maxCommits) {
    return new DynamoCommitScanner(client, Environment.required("EVENTS_TABLE"), maxCommits);
  }

  /**
   * Settings: {@code EVENTS_TABLE}, {@code FEED_TABLE}, {@code FEED_GENERATION}, {@code
   * FEED_PARTITIONS}, {@code VIEWS_TABLE}.
   */
  public ChangeMarker changeMarker() {
    return new DynamoChangeMarker(
        client, Environment.required("EVENTS_TABLE"), feed(), feedPartitions());
  }

  /** Setting: {@code VIEWS_TABLE}. For cursors, and to read rows. */
  public ViewStore views() {
    return new DynamoViewStore(client, viewsTable());
  }

  /** Settings: {@code VIEWS_TABLE}, {@code SUB_TOTALS}, a number. */
  public ViewStore viewsWithTotals() {
    int subTotals = Integer.parseInt(Environment.required("SUB_TOTALS"));
    return new DynamoViewStore(client, viewsTable(), subTotals);
  }

  /** Setting: {@code VIEWS_TABLE}. */
  public ViewReader viewReader() {
    return new DynamoViewReader(client, viewsTable());
  }

  /** Setting: {@code VIEWS_TABLE}. */
  public ParkedReader parked() {
    return new DynamoParkedReader(client, viewsTable());
  }

  /** Setting: {@code VIEWS_TABLE}. */
  public RedriveMarks redriveMarks() {
    return new DynamoRedriveMarks(client, viewsTable());
  }

  /** Settings: {@code VIEWS_TABLE}, {@code FEED_TABLE}, {@code FEED_GENERATION}. */
  public Cursors cursors() {
    return new DynamoCursors(client, viewsTable(), feedTable());
  }

  /** Settings: {@code VIEWS_TABLE}, {@code FEED_TABLE}, {@code FEED_GENERATION}. */
  public CursorScanner cursorScanner() {
    return new DynamoCursorScanner(client, viewsTable(), feedTable());
  }

  /** Settings: {@code VIEWS_TABLE}, {@code FEED_GENERATION}. */
  public ScanCheckpointStore auditCheckpoints() {
    return DynamoScanCheckpointStore.ofAudit(client, viewsTable(), feedGeneration());
  }

  /** Settings: {@code VIEWS_TABLE}, {@code FEED_GENERATION}. */
  public ScanCheckpointStore scanCheckpoints() {
    return new DynamoScanCheckpointStore(client, viewsTable(), feedGeneration());
  }

  /** Settings: {@code FEED_TABLE}, {@code FEED_GENERATION}, {@code VIEWS_TABLE}. */
  public FeedStore feed() {
    return new DynamoFeedStore(client, feedTable(), viewsTable());
  }

  private static FeedTable feedTable() {
    return new FeedTable(Environment.required("FEED_TABLE"), feedGeneration());
  }

  /** Setting: {@code FEED_GENERATION}, a number. */
  public static int feedGeneration() {
    return Integer.parseInt(Environment.required("FEED_GENERATION"));
  }

  /** Setting: {@code FEED_PARTITIONS}, a number. */
  public static int feedPartitions() {
    return Integer.parseInt(Environment.required("FEED_PARTITIONS"));
  }

  private static String viewsTable() {
    return Environment.required("VIEWS_TABLE");
  }
}
