package io.streamkeep.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.store.UnreadableException;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GivenUpBatchTest {

  /** As AWS documents it, with a shard and sequence numbers as AWS has them. */
  @Test
  void isReadFromTheMessage() {
    String message =
        """
        {
          "requestContext": {
            "requestId": "316aa6d0-8154-xmpl-9af7-85d5f4a6bc81",
            "functionArn": "arn:aws:lambda:us-east-2:123456789012:function:myfunction",
            "condition": "RetryAttemptsExhausted",
            "approximateInvokeCount": 1
          },
          "responseContext": {
            "statusCode": 200,
            "executedVersion": "$LATEST",
            "functionError": "Unhandled"
          },
          "version": "1.0",
          "timestamp": "2019-11-14T00:13:49.717Z",
          "DDBStreamBatchInfo": {
            "shardId": "shardId-00000001573689847184-864758bb",
            "startSequenceNumber": "800000000003126276362",
            "endSequenceNumber": "800000000003126276364",
            "approximateArrivalOfFirstRecord": "2019-11-14T00:13:19Z",
            "approximateArrivalOfLastRecord": "2019-11-14T00:13:19Z",
            "batchSize": 3,
            "streamArn": "arn:aws:dynamodb:us-east-2:123456789012:table/mytable/stream/2019-11-14T00:04:06.388"
          }
        }""";

    assertThat(GivenUpBatch.read(message))
        .contains(
            new GivenUpBatch(
                "arn:aws:dynamodb:us-east-2:123456789012:table/mytable/stream/2019-11-14T00:04:06.388",
                "shardId-00000001573689847184-864758bb",
                "800000000003126276362",
                new BigInteger("800000000003126276364")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{}", "{\"subscriber\":\"view\",\"stream\":\"order#1\",\"commit\":1}"})
  void anotherMessageIsNone(String message) {
    assertThat(GivenUpBatch.read(message)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"DDBStreamBatchInfo\":null}",
        "{\"DDBStreamBatchInfo\":{}}",
        "{\"DDBStreamBatchInfo\":{\"streamArn\":\"a\",\"shardId\":\"s\",\"startSequenceNumber\":\"1\"}}",
        "{\"DDBStreamBatchInfo\":{\"streamArn\":\"a\",\"shardId\":\"s\",\"startSequenceNumber\":\"1\","
            + "\"endSequenceNumber\":\"x\"}}",
        "{\"DDBStreamBatchInfo\":{\"streamArn\":\"a\",\"shardId\":7,\"startSequenceNumber\":\"1\","
            + "\"endSequenceNumber\":\"1\"}}"
      })
  void oneThatDoesNotSayWhereItIsIsRefused(String message) {
    assertThatThrownBy(() -> GivenUpBatch.read(message)).isInstanceOf(UnreadableException.class);
  }
}
