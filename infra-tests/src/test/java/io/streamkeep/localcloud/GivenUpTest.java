package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a stream's mapping gives up on, and what it says of that.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">What
 *     AWS says</a>
 */
@Tag("slow")
class GivenUpTest extends MappedStream {
  private static final String EXHAUSTED = "RetryAttemptsExhausted";

  /** What comes of four records the second of which is tried twice and given up. */
  private static final List<List<String>> HALVED =
      List.of(
          List.of("item0", "item1", "item2", "item3"),
          List.of("item0", "item1"),
          List.of("item0"),
          List.of("item1"),
          List.of("item1"),
          List.of("item2", "item3"));

  @Test
  void bisectsWhatFailsAndGivesUpOnlyThat() throws Exception {
    probes.steps(probesReady(), "throw 0-3", "throw 0-1", "reply ", "throw 1", "throw 1 again");
    deliver(4, BISECT, "MaximumRetryAttempts: 1");
    awaitBatches(HALVED);
    assertThat(lost().getJsonObject("DDBStreamBatchInfo").getInt("batchSize")).isEqualTo(1);
  }

  /** Without the answers of invocations that time out, only halving tells which record is slow. */
  @Test
  void timeOutsAreCutDownToTheSlowRecordAndTheOthersAreDelivered() throws Exception {
    timeout = 1;
    String slow = "slow item1 60000";
    probes.steps(probesReady(), slow, slow, slow, slow, slow, slow);
    deliver(4, PARTIAL, BISECT, "MaximumRetryAttempts: 1");
    awaitBatches(HALVED);
    JsonObject message = lost();
    assertThat(message.getJsonObject("requestContext").getString("condition")).isEqualTo(EXHAUSTED);
    JsonObject batch = message.getJsonObject("DDBStreamBatchInfo");
    assertThat(batch.getInt("batchSize")).isEqualTo(1);
    assertThat(batch.getString("startSequenceNumber")).isEqualTo("%021d".formatted(2));
    assertThat(batch.getString("endSequenceNumber")).isEqualTo("%021d".formatted(2));
  }

  @Test
  void theMessageHasAwsShapeToTheLetter() throws Exception {
    probes.steps(probesReady(), "throw 1", "throw 2", "throw 3");
    deliver(2, "MaximumRetryAttempts: 2");
    assertThat(lost().toString())
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
  void withoutRetriesItIsGivenUpAtOnceAndTheShardGoesOn() throws Exception {
    probes.steps(probesReady(), "throw 1");
    deliver(2, "BatchSize: 1", "MaximumRetryAttempts: 0");
    awaitBatches(List.of(List.of("item0"), List.of("item1")));
    assertThat(lost().getJsonObject("requestContext").getInt("approximateInvokeCount"))
        .isEqualTo(1);
  }

  /** What is named again and again is retried like what fails, and what comes before it is done. */
  @Test
  void aRecordThatIsAlwaysNamedIsGivenUpWithWhatFollowsIt() throws Exception {
    probes.steps(probesReady(), failed(2), failed(2), failed(2));
    deliver(3, PARTIAL, "MaximumRetryAttempts: 1");
    awaitBatches(
        List.of(
            List.of("item0", "item1", "item2"),
            List.of("item1", "item2"),
            List.of("item1", "item2")));
    JsonObject message = lost();
    assertThat(message.getJsonObject("responseContext").containsKey("functionError")).isFalse();
    assertThat(message.getJsonObject("DDBStreamBatchInfo").getInt("batchSize")).isEqualTo(2);
  }

  @Test
  void givesUpWhatIsTooOld() throws Exception {
    probes.steps(probesReady(), "throw 1", "throw 2", "throw 3", "throw 4", "throw 5", "throw 6");
    deliver(1, "MaximumRecordAgeInSeconds: 1");
    assertThat(lost().getJsonObject("requestContext").getString("condition"))
        .isEqualTo("RecordAgeExceeded");
  }
}
