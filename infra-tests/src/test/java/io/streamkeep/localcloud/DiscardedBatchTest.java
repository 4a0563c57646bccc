package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A stream's mapping discards batches, and reports them to its on-failure destination.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">The
 *     documentation</a>
 */
@Tag("slow")
class DiscardedBatchTest extends StreamMappingFixture {
  private static final String EXHAUSTED = "RetryAttemptsExhausted";

  /** The batches of four records of which the second is attempted twice and discarded. */
  private static final List<List<String>> HALVED =
      List.of(
          List.of("item0", "item1", "item2", "item3"),
          List.of("item0", "item1"),
          List.of("item0"),
          List.of("item1"),
          List.of("item1"),
          List.of("item2", "item3"));

  @Test
  void failingBatchIsBisected_andOnlyTheFailingRecordIsDiscarded() throws Exception {
    probes.steps(preparedProbe(), "throw 0-3", "throw 0-1", "reply ", "throw 1", "throw 1 again");
    deliver(4, BISECT, "MaximumRetryAttempts: 1");
    awaitBatches(HALVED);
    assertThat(discarded().getJsonObject("DDBStreamBatchInfo").getInt("batchSize")).isEqualTo(1);
  }

  /** Invocations that time out have no answer, so only bisecting finds the slow record. */
  @Test
  void timedOutBatchIsBisected_andTheOtherRecordsAreDelivered() throws Exception {
    timeout = 1;
    String slow = "slow item1 60000";
    probes.steps(preparedProbe(), slow, slow, slow, slow, slow, slow);
    deliver(4, PARTIAL, BISECT, "MaximumRetryAttempts: 1");
    awaitBatches(HALVED);
    JsonObject message = discarded();
    assertThat(message.getJsonObject("requestContext").getString("condition")).isEqualTo(EXHAUSTED);
    JsonObject batch = message.getJsonObject("DDBStreamBatchInfo");
    assertThat(batch.getInt("batchSize")).isEqualTo(1);
    assertThat(batch.getString("startSequenceNumber")).isEqualTo("%021d".formatted(2));
    assertThat(batch.getString("endSequenceNumber")).isEqualTo("%021d".formatted(2));
  }

  @Test
  void messageHasExactlyAwsShape() throws Exception {
    probes.steps(preparedProbe(), "throw 1", "throw 2", "throw 3");
    deliver(2, "MaximumRetryAttempts: 2");
    assertThat(discarded().toString())
        .matches(
            """
            \\{"requestContext":\\{"requestId":"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",\
            "functionArn":"arn:aws:lambda:us-east-1:000000000000:function:streamkeep-Fn",\
            "condition":"RetryAttemptsExhausted","approximateInvokeCount":3},\
            "responseContext":\\{"statusCode":200,"executedVersion":"\\$LATEST",\
            "functionError":"Unhandled"},"version":"1.0",\
            "timestamp":"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\\.[0-9]{3}Z",\
            "DDBStreamBatchInfo":\\{"shardId":"shardId-[0-9a-f-]+",\
            "startSequenceNumber":"0{20}1","endSequenceNumber":"0{20}2",\
            "approximateArrivalOfFirstRecord":"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z",\
            "approximateArrivalOfLastRecord":"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z",\
            "batchSize":2,"streamArn":"arn:aws:dynamodb:us-east-1:000000000000:table/\
            streamkeep-Table/stream/[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}\\.[0-9]{3}"}}\
            """);
    List<String> both = List.of("item0", "item1");
    awaitBatches(List.of(both, both, both));
  }

  @Test
  void batchIsDiscardedImmediately_withoutRetries_andTheShardContinues() throws Exception {
    probes.steps(preparedProbe(), "throw 1");
    deliver(2, "BatchSize: 1", "MaximumRetryAttempts: 0");
    awaitBatches(List.of(List.of("item0"), List.of("item1")));
    assertThat(discarded().getJsonObject("requestContext").getInt("approximateInvokeCount"))
        .isEqualTo(1);
  }

  /** The records before the reported one are done; it is retried with those behind it. */
  @Test
  void recordThatIsReportedEachTimeIsDiscardedWithTheRecordsBehindIt() throws Exception {
    probes.steps(preparedProbe(), reporting(2), reporting(2), reporting(2));
    deliver(3, PARTIAL, "MaximumRetryAttempts: 1");
    awaitBatches(
        List.of(
            List.of("item0", "item1", "item2"),
            List.of("item1", "item2"),
            List.of("item1", "item2")));
    JsonObject message = discarded();
    assertThat(message.getJsonObject("responseContext").containsKey("functionError")).isFalse();
    assertThat(message.getJsonObject("DDBStreamBatchInfo").getInt("batchSize")).isEqualTo(2);
  }

  @Test
  void recordThatIsTooOldIsDiscarded() throws Exception {
    probes.steps(preparedProbe(), "throw 1", "throw 2", "throw 3", "throw 4", "throw 5", "throw 6");
    deliver(1, "MaximumRecordAgeInSeconds: 1");
    assertThat(discarded().getJsonObject("requestContext").getString("condition"))
        .isEqualTo("RecordAgeExceeded");
  }
}
