package io.streamkeep.store;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.api.CommandGenerator;
import io.streamkeep.api.ExampleBodies;
import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.events.DynamoEventStore;
import io.streamkeep.aws.dynamodb.feed.DynamoFeedStore;
import io.streamkeep.aws.dynamodb.views.DynamoCursors;
import io.streamkeep.aws.dynamodb.views.DynamoParkedReader;
import io.streamkeep.aws.dynamodb.views.DynamoViewStore;
import io.streamkeep.aws.wiring.SubscriberFactory;
import io.streamkeep.bench.Tables;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.order.OrderModule;
import io.streamkeep.e2e.support.LocalCloudExtension;
import io.streamkeep.kernel.feed.Feed;
import io.streamkeep.kernel.projection.ViewStore;
import io.streamkeep.kernel.reconcile.Cursors.Cursor;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.subscription.Dispatcher;
import io.streamkeep.kernel.subscription.Dispatcher.DeliveredCommit;
import io.streamkeep.kernel.subscription.ParkedPosition;
import io.streamkeep.kernel.subscription.PoisonException;
import io.streamkeep.kernel.subscription.Subscriber;
import io.streamkeep.testkit.function.SampleCommits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Items of the views table that were changed by hand: one subscriber stops, in one stream. */
@Tag("slow")
final class DamagedItemsTest {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  @RegisterExtension static final SharedTables TABLES = new SharedTables();

  private final EventStore events = new DynamoEventStore(TABLES.client(), Tables.EVENTS);
  private final ViewStore views = new DynamoViewStore(TABLES.client(), Tables.VIEWS);
  private final List<Subscriber> subscribers = subscribers();
  private final List<ParkedPosition> sent = new ArrayList<>();
  private final StreamId damaged = order();
  private final StreamId sound = order();

  private List<Subscriber> subscribers() {
    SubscriberFactory factory = new SubscriberFactory(events, views);
    return Stream.concat(
            factory.views(Registry.projections()).stream(),
            factory
                .reactions(
                    new DynamoFeedStore(TABLES.client(), Tables.FIRST_FEED, Tables.VIEWS),
                    1,
                    commit -> {},
                    CLOCK)
                .stream())
        .toList();
  }

  private static StreamId order() {
    return new StreamId("order", UUID.randomUUID().toString());
  }

  static Stream<Arguments> damages() {
    return Stream.of("order", "customer-orders", "sales", "outbound", "feed")
        .flatMap(
            subscriber ->
                Stream.of(fromN("0"), fromN("-3"), fromN("1.5"), fromS("text"), fromN("50"))
                    .map(cursor -> Arguments.of(subscriber, cursor)));
  }

  /** Appends a stream's first commits: an order that is placed, and changed once. */
  private List<Commit> append(StreamId stream) {
    CommandGenerator<?, ?, ?> commands =
        new CommandGenerator<>(
            OrderModule.ORDER,
            ExampleBodies.read(LocalCloudExtension.API),
            Map.of(),
            new Random(5));
    List<Commit> commits = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      commits.addAll(
          SampleCommits.append(events, stream, NOW, commands.next().orElseThrow().events()));
    }
    return commits;
  }

  private void deliver(List<Commit> commits) {
    Dispatcher dispatcher = new Dispatcher(subscribers, sent::add, CLOCK, notice -> {});
    assertThat(
            dispatcher.deliver(
                commits.stream()
                    .map(commit -> new DeliveredCommit(commit.stream(), commit.number(), commit))
                    .toList()))
        .isEmpty();
  }

  private List<String> parked() {
    return new DynamoParkedReader(TABLES.client(), Tables.VIEWS)
        .parked(damaged).stream().map(each -> each.position().subscriber()).toList();
  }

  private static Map<String, Cursor> cursors(StreamId stream) {
    return new DynamoCursors(TABLES.client(), Tables.VIEWS, Tables.FIRST_FEED).of(stream);
  }

  /** The last commit of a stream that a subscriber has applied. */
  private static long applied(String subscriber, StreamId stream) {
    return requireNonNull(cursors(stream).get(subscriber)).commit();
  }

  private static String table(String subscriber) {
    return subscriber.equals(Feed.NAME) ? Tables.FEED : Tables.VIEWS;
  }

  private Map<String, AttributeValue> key(String subscriber) {
    return subscriber.equals(Feed.NAME)
        ? Tables.FIRST_FEED.cursor(damaged)
        : Map.of("stream", fromS(damaged.toString()), "view", fromS(subscriber));
  }

  private static long cursor(String subscriber, StreamId stream) {
    return new DynamoCursors(TABLES.client(), Tables.VIEWS, Tables.FIRST_FEED)
        .of(stream)
        .getOrDefault(subscriber, new Cursor(0, false))
        .commit();
  }

  private void setCursor(String subscriber, AttributeValue cursor) {
    TABLES
        .client()
        .updateItem(
            update ->
                update
                    .tableName(table(subscriber))
                    .key(key(subscriber))
                    .updateExpression("SET #commit = :cursor")
                    .expressionAttributeNames(Map.of("#commit", "commit"))
                    .expressionAttributeValues(Map.of(":cursor", cursor)));
  }

  private Subscriber subscriber(String name) {
    return subscribers.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("damages")
  void damagedCursorParksItsSubscriberAlone(String subscriber, AttributeValue cursor) {
    List<Commit> commits = append(damaged);
    setCursor(subscriber, cursor);
    List<Commit> batch = new ArrayList<>(commits);
    batch.addAll(append(sound));

    deliver(batch);

    assertThat(parked()).containsExactly(subscriber);
    assertThat(sent).extracting(ParkedPosition::subscriber).containsExactly(subscriber);
    for (Subscriber each : subscribers) {
      assertThat(cursor(each.name(), sound)).as(each.name()).isEqualTo(2);
      if (!each.name().equals(subscriber)) {
        assertThat(cursor(each.name(), damaged)).as(each.name()).isEqualTo(2);
      }
    }
    deliver(commits);
    assertThat(sent).as("sent once").hasSize(1);
    assertThatThrownBy(() -> subscriber(subscriber).catchUp(damaged))
        .isInstanceOf(PoisonException.class);

    TABLES.client().deleteItem(delete -> delete.tableName(table(subscriber)).key(key(subscriber)));
    subscriber(subscriber).catchUp(damaged);
    assertThat(cursor(subscriber, damaged)).isEqualTo(2);
    assertThat(parked()).isEmpty();
  }

  /** Damages a view's row by hand, but not its cursor. */
  static Stream<Arguments> damagedRows() {
    return Stream.of(
        kind("the data is a number", "SET #data = :value REMOVE #main", fromN("1")),
        kind("the data is empty", "SET #data = :value REMOVE #main, #detail", fromS("")),
        kind("the data is no row", "SET #data = :value REMOVE #main, #detail", fromS("{}")),
        kind("there is no data", "SET #other = :value REMOVE #data, #main", fromS("")),
        kind(
            "the detail is a text", "SET #main = #data, #detail = :value REMOVE #data", fromS("x")),
        kind(
            "the detail is missing",
            "SET #main = #data, #detail = :value REMOVE #data",
            fromN("9")),
        kind("the detail is 0", "SET #main = #data, #detail = :value REMOVE #data", fromN("0")),
        kind(
            "the detail is a fraction",
            "SET #main = #data, #detail = :value REMOVE #data",
            fromN("1.5")));
  }

  private static Arguments kind(String name, String update, AttributeValue value) {
    return Arguments.of(Named.of(name, update), value);
  }

  private void damage(String subscriber, String update, AttributeValue value) {
    TABLES
        .client()
        .updateItem(
            request ->
                request
                    .tableName(Tables.VIEWS)
                    .key(key(subscriber))
                    .updateExpression(update)
                    .expressionAttributeNames(DynamoTable.names(update))
                    .expressionAttributeValues(Map.of(":value", value)));
  }

  @ParameterizedTest
  @MethodSource("damagedRows")
  void damagedRowParksItsViewAlone(String update, AttributeValue value) {
    List<Commit> commits = append(damaged);
    deliver(commits.subList(0, 1));
    damage("customer-orders", update, value);
    List<Commit> batch = new ArrayList<>(commits);
    batch.addAll(append(sound));

    deliver(batch);
    deliver(batch);

    assertThat(parked()).containsExactly("customer-orders");
    assertThat(sent).hasSize(1);
    for (Subscriber each : subscribers) {
      assertThat(applied(each.name(), sound)).as(each.name()).isEqualTo(2);
      if (!each.name().equals("customer-orders")) {
        assertThat(applied(each.name(), damaged)).as(each.name()).isEqualTo(2);
      }
    }
    assertThatThrownBy(() -> subscriber("customer-orders").catchUp(damaged))
        .isInstanceOf(PoisonException.class);
  }

  /** A row that was deleted is folded anew, whatever is delivered next. */
  @ParameterizedTest
  @ValueSource(strings = {"order", "customer-orders", "outbound"})
  void deletedRowIsRebuilt(String subscriber) {
    List<Commit> commits = append(damaged);
    deliver(commits.subList(0, 1));
    TABLES.client().deleteItem(delete -> delete.tableName(Tables.VIEWS).key(key(subscriber)));

    deliver(commits.subList(1, 2));

    assertThat(views.find(subscriber, damaged).commit()).isEqualTo(2);
    assertThat(parked()).isEmpty();
  }

  /** Items that Streamkeep did not write, in the partition and in the indexes of a stream. */
  @Test
  void foreignItemsHoldUpNoSubscriber() {
    List<Commit> commits = append(damaged);
    for (String view : List.of("foreign", "order#text", "order#", "feed#1.5")) {
      Map<String, AttributeValue> item = new HashMap<>(key(view));
      item.put("a", fromM(Map.of()));
      item.put("commit", fromS("text"));
      put(item);
    }
    put(Map.of("stream", fromS("foreign"), "view", fromS("foreign"), "parked", fromS("order")));

    deliver(commits);

    assertThat(parked()).isEmpty();
    for (Subscriber each : subscribers) {
      assertThat(applied(each.name(), damaged)).as(each.name()).isEqualTo(2);
    }
    Map<String, Cursor> cursors = cursors(damaged);
    assertThat(cursors.get("order")).isEqualTo(new Cursor(2, false));
    assertThat(cursors.get("foreign")).isEqualTo(new Cursor(0, false));
    assertThat(
            new DynamoParkedReader(TABLES.client(), Tables.VIEWS)
                .parked("order").stream().map(each -> each.position().stream().category()))
        .doesNotContain("foreign");
  }

  /** Attributes that can be damaged; DynamoDB Local indexes only texts. */
  static Stream<Arguments> damagedAttempts() {
    return Stream.of("position", "reason", "first", "last", "attempts")
        .flatMap(
            attribute ->
                Stream.of(
                    Arguments.of("SET #" + attribute + " = :value", fromN("1.5")),
                    Arguments.of("SET #" + attribute + " = :value", fromS("text")),
                    Arguments.of("SET #other = :value REMOVE #" + attribute, fromS("text"))));
  }

  @ParameterizedTest
  @MethodSource("damagedAttempts")
  void damagedRecordOfAttemptsIsListedAndRecordedAnew(String update, AttributeValue value) {
    List<Commit> commits = append(damaged);
    setCursor("order", fromN("-3"));
    deliver(commits);
    damage("order", update, value);

    assertThat(parked()).containsExactly("order");
    ParkedPosition position = sent.getFirst();
    views.park(position, "why", NOW);

    assertThat(new DynamoParkedReader(TABLES.client(), Tables.VIEWS).parked(damaged))
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.position()).isEqualTo(position);
              assertThat(each.reason()).isEqualTo("why");
              assertThat(each.attempts()).isBetween(1L, 2L);
            });
  }

  @Test
  void damagedTotalParksItsViewAlone() {
    append(sound).forEach(commit -> deliver(List.of(commit))); // which creates the total
    List<Map<String, AttributeValue>> totals =
        TABLES
            .client()
            .query(
                query ->
                    query
                        .tableName(Tables.VIEWS)
                        .keyConditionExpression("#stream = :stream")
                        .expressionAttributeNames(Map.of("#stream", "stream"))
                        .expressionAttributeValues(Map.of(":stream", fromS("total/sales"))))
            .items();
    assertThat(totals).isNotEmpty();
    totals.forEach(DamagedItemsTest::putWithTextInsteadOfNumbers);

    try {
      append(damaged).forEach(commit -> deliver(List.of(commit)));
    } finally {
      totals.forEach(DamagedItemsTest::put);
    }

    assertThat(parked()).containsExactly("sales");
    for (String view : List.of("order", "customer-orders", "outbound", "feed")) {
      assertThat(cursor(view, damaged)).as(view).isEqualTo(2);
    }
    subscriber("sales").catchUp(damaged);
    assertThat(parked()).isEmpty();
  }

  private static void putWithTextInsteadOfNumbers(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> damaged = new HashMap<>(item);
    damaged.replaceAll((name, value) -> value.n() == null ? value : fromS(value.n()));
    put(damaged);
  }

  private static void put(Map<String, AttributeValue> item) {
    TABLES.client().putItem(put -> put.tableName(Tables.VIEWS).item(item));
  }
}
