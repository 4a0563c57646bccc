package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.streamkeep.localcloud.faults.BadFaultException;
import io.streamkeep.localcloud.faults.FaultKind;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The faults of a schedule, as a function experiences them. */
@Tag("slow")
class FaultInjectionTest {
  private static final String CHANGES =
      """
      Events:
        Changes:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt Table.StreamArn
            StartingPosition: TRIM_HORIZON
      """;
  private static final String MESSAGES =
      """
      Events:
        Messages: {Type: SQS, Properties: {Queue: !GetAtt Work.Arn}}
      """;

  private Probes probes;
  private FaultSchedule faults = new FaultSchedule(0, List.of());
  private int visibility = 600;
  private @Nullable LocalCloud cloud;

  @BeforeEach
  void folder(@TempDir Path folder) throws Exception {
    probes = new Probes(folder);
  }

  @AfterEach
  void stop() {
    if (cloud != null) {
      cloud.close();
    }
  }

  private LocalCloud start(String schedule, String... properties) throws Exception {
    faults = FaultSchedule.parse(schedule);
    cloud =
        LocalCloud.of(
                probes.template(
                    Probes.table(),
                    Probes.queue("Work", "VisibilityTimeout: " + visibility),
                    probes.function("Fn", properties)))
            .faults(faults)
            .start();
    return cloud;
  }

  private LocalCloud cloud() {
    return Objects.requireNonNull(cloud);
  }

  private InvocationResult invoke(String event) throws InterruptedException {
    return cloud().function("Fn").invoke(event, "");
  }

  private void put(String id) {
    cloud()
        .dynamoDb()
        .putItem(
            p ->
                p.tableName(cloud().tableName("Table"))
                    .item(Map.of("id", AttributeValue.fromS(id))));
  }

  private int items() {
    return cloud().dynamoDb().scan(s -> s.tableName(cloud().tableName("Table"))).count();
  }

  /** The ids of the records that the function got, in order. */
  private List<String> delivered() {
    return records()
        .map(record -> record.getJsonObject("dynamodb").getJsonObject("Keys"))
        .map(keys -> keys.getJsonObject("id").getString("S"))
        .toList();
  }

  private Stream<JsonObject> records() {
    return probes.events("Fn").stream()
        .flatMap(
            event ->
                Json.createReader(new StringReader(event))
                    .readObject()
                    .getJsonArray("Records")
                    .getValuesAs(JsonObject.class)
                    .stream());
  }

  private long injected(FaultKind kind) {
    return faults.injected().getOrDefault(kind, 0L);
  }

  private void awaitDelivered(String... ids) {
    await().untilAsserted(() -> assertThat(delivered()).containsExactly(ids));
  }

  @Test
  void recordIsDuplicated() throws Exception {
    start("duplicate=1/2", CHANGES);
    put("one");
    put("two");
    awaitDelivered("one", "two", "two");
    assertThat(injected(FaultKind.DUPLICATE)).isEqualTo(1);
  }

  @Test
  void recordIsDelayed_untilScheduleStops() throws Exception {
    start("delay=1:max=1:by=1h", CHANGES);
    put("one");
    put("two");
    awaitDelivered("two");
    faults.stop();
    awaitDelivered("two", "one");
  }

  @Test
  void recordsAreReordered() throws Exception {
    start("reorder=1", CHANGES);
    // the other records gather for the next poll while the function handles the first
    probes.steps("Fn", "sleep 1500");
    List<String> sent = IntStream.range(0, 10).mapToObj(i -> "item" + i).toList();
    sent.forEach(this::put);
    await().untilAsserted(() -> assertThat(delivered()).containsExactlyInAnyOrderElementsOf(sent));
    assertThat(delivered()).isNotEqualTo(sent);
    assertThat(injected(FaultKind.REORDER)).isPositive();
  }

  @Test
  void recordIsDroppedPermanently() throws Exception {
    start("drop=1/2", CHANGES);
    List.of("one", "two", "three").forEach(this::put);
    awaitDelivered("one", "three");
    faults.stop();
    put("four");
    awaitDelivered("one", "three", "four");
    assertThat(injected(FaultKind.DROP)).isEqualTo(1);
  }

  @Test
  void childOfSplitShardComesAfterHeldRecords() throws Exception {
    start("split=1:max=1,delay=1:max=1:by=1s", CHANGES);
    put("one");
    await().until(() -> injected(FaultKind.SPLIT) == 1);
    put("two");
    awaitDelivered("one", "two");
  }

  @Test
  void callerIsKilledBeforeItsWrite() throws Exception {
    start("kill-before@Fn@PutItem=1:max=1");
    String pid = invoke("do:pid").payload();
    assertThat(invoke("do:put a").payload()).contains("signal: 9");
    assertThat(items()).isZero();
    assertThat(invoke("do:put a").failed()).isFalse();
    assertThat(items()).isEqualTo(1);
    assertThat(invoke("do:pid").payload()).isNotEqualTo(pid);
    assertThat(injected(FaultKind.KILL_BEFORE)).isEqualTo(1);
  }

  @Test
  void callerIsKilledAfterItsWrite() throws Exception {
    start("kill-after=1:max=1");
    assertThat(invoke("do:put a").payload()).contains("signal: 9");
    assertThat(items()).isEqualTo(1);
  }

  @Test
  void onlyTheCallingEnvironmentIsKilled() throws Exception {
    start("kill-before=1:max=1");
    cloud().function("Fn").prewarm();
    invoke("do:pid");
    cloud().function("Fn").prewarm();
    assertThat(cloud().function("Fn").environments()).hasSize(2);
    assertThat(invoke("do:put a").failed()).isTrue();
    await()
        .during(Duration.ofMillis(500))
        .until(() -> cloud().function("Fn").environments().size() == 1);
  }

  @Test
  void tableIsThrottled() throws Exception {
    start("throttle@Table=1/2");
    String call = "do:call DYNAMODB DynamoDB_20120810.Scan {\"TableName\":\"streamkeep-Table\"}";
    assertThat(invoke(call).payload()).startsWith("200 ");
    assertThat(invoke(call).payload())
        .startsWith("400 ")
        .contains("ProvisionedThroughputExceededException");
    assertThat(injected(FaultKind.THROTTLE)).isEqualTo(1);
  }

  /** ElasticMQ gets the rest of the batch. */
  @Test
  void queueRefusesAPartOfABatch_thenThrottles() throws Exception {
    start("partial@Work=1:max=1,throttle@Work@Fn=1/2");
    String batch =
        "do:call SQS AmazonSQS.SendMessageBatch {\"QueueUrl\":\"%s\",\"Entries\":["
                .formatted(cloud().queueUrl("Work"))
            + "{\"Id\":\"1\",\"MessageBody\":\"one\"},{\"Id\":\"2\",\"MessageBody\":\"two\"}]}";
    String answer = invoke(batch).payload();
    assertThat(answer).startsWith("200 ").contains("\"Successful\":", "\"Failed\":");
    assertThat(invoke(batch).payload()).startsWith("403 RequestThrottled;Sender ");
    assertThat(
            cloud()
                .sqs()
                .receiveMessage(r -> r.queueUrl(cloud().queueUrl("Work")).maxNumberOfMessages(10))
                .messages())
        .hasSize(1);
  }

  @Test
  void invocationTimesOutDuringCall() throws Exception {
    start("timeout=1:max=1:by=100ms");
    assertThat(invoke("do:put a").payload()).contains("Task timed out after 20.00 seconds");
    assertThat(cloud().function("Fn").environments()).isEmpty();
    assertThat(items()).isZero();
    assertThat(invoke("do:put a").failed()).isFalse();
  }

  @Test
  void invocationTimesOutAfterTheFunctionsTimeout_whenNoTimeIsGiven() throws Exception {
    start("timeout=1:max=1", "Timeout: 1");
    invoke("do:pid");
    long begun = System.nanoTime();
    assertThat(invoke("do:put a").payload()).contains("Task timed out after 1.00 seconds");
    assertThat(System.nanoTime() - begun).isGreaterThan(900_000_000);
    assertThat(items()).isZero();
  }

  @Test
  void clockJumpsForOneInvocation() throws Exception {
    start("clock-jump=1:max=1:by=1h");
    List<Double> off = hoursOff();
    assertThat(off).hasSize(3).doesNotContain(0.0);
    assertThat(Math.abs(off.getFirst())).isEqualTo(1);
    assertThat(Set.copyOf(off)).hasSize(1);
    assertThat(hoursOff()).containsExactly(0.0, 0.0, 0.0);
  }

  /** The hours by which each of the function's clocks is fast; its remaining time must agree. */
  private List<Double> hoursOff() throws InterruptedException {
    List<Long> clocks =
        Stream.of(invoke("do:clocks").payload().split(" ")).map(Long::valueOf).toList();
    long now = System.currentTimeMillis();
    boolean late = clocks.getFirst() > now + 1_800_000;
    assertThat(clocks.getLast() == 0).isEqualTo(late);
    return clocks.subList(0, 3).stream()
        .map(clock -> (double) Math.round((clock - now) / 3_600_000.0))
        .toList();
  }

  @Test
  void clockJumpsAreRefused_withTheNativeRuntimeClient() throws Exception {
    LocalCloudBuilder builder =
        LocalCloud.of(probes.template(Probes.table(), probes.function("Fn")))
            .runtime(RuntimeProgram.awsClient())
            .faults(FaultSchedule.parse("clock-jump=1"));
    assertThatThrownBy(builder::start).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void messageIsDuplicated_andAnotherIsDelayed() throws Exception {
    start("duplicate@Fn=1/2,delay@Fn=1:max=1:by=1h", MESSAGES);
    send("one");
    await().until(() -> injected(FaultKind.DELAY) == 1);
    send("two");
    await().untilAsserted(() -> assertThat(bodies()).containsExactly("two", "two"));
    faults.stop();
    await().untilAsserted(() -> assertThat(bodies()).containsExactly("two", "two", "one"));
  }

  @Test
  void messagesAreRedelivered_whenTheFunctionIsKilledDuringABatch() throws Exception {
    visibility = 5;
    start("kill-after=1:max=1", MESSAGES);
    probes.steps("Fn", "put a", "put b");
    send("one");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(bodies()).containsExactly("one", "one"));
    await().until(() -> items() == 2);
  }

  private void send(String body) {
    cloud().sqs().sendMessage(m -> m.queueUrl(cloud().queueUrl("Work")).messageBody(body));
  }

  private List<String> bodies() {
    return records().map(message -> message.getString("body")).toList();
  }

  @Test
  void startIsRefused_whenTheTargetOfAFaultDoesNotExist() {
    assertThatThrownBy(() -> start("drop@Other=1"))
        .isInstanceOf(BadFaultException.class)
        .hasMessageStartingWith("\"drop@Other\":");
  }

  @Test
  void allRecordsArriveEventually_underManyFaults() throws Exception {
    start("duplicate=0.2,delay=0.2:by=300ms,reorder=0.3,split=1:max=3,seed=3", CHANGES);
    List<String> sent = IntStream.range(0, 100).mapToObj(i -> "item" + i).toList();
    sent.forEach(this::put);
    await().until(() -> new TreeSet<>(delivered()).size() == 100);
    faults.stop();
    await()
        .untilAsserted(
            () ->
                assertThat(delivered())
                    .hasSize(100 + (int) injected(FaultKind.DUPLICATE))
                    .containsAll(sent)
                    .isNotEqualTo(sent));
    assertThat(faults.injected().values()).allMatch(count -> count > 0);
  }
}
