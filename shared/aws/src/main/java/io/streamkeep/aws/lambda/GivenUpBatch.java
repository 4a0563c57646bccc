package io.streamkeep.aws.lambda;

import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.store.UnreadableException;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.math.BigInteger;
import java.util.Optional;

/**
 * A batch that a stream's mapping gave up on, as its on-failure destination hears of it: where its
 * records are, but not the records.
 *
 * @param first the sequence number of its first record
 * @param last that of its last one
 * @see <a
 *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-dynamodb-errors.html">Retaining
 *     discarded batches</a>
 */
public record GivenUpBatch(String streamArn, String shard, String first, BigInteger last) {

  /** Empty for a message of anything else; throws {@link UnreadableException} for a broken one. */
  public static Optional<GivenUpBatch> read(String body) {
    try {
      JsonObject batch = Json.read(body).getJsonObject("DDBStreamBatchInfo");
      return Optional.ofNullable(batch).map(GivenUpBatch::of);
    } catch (JsonException e) {
      return Optional.empty();
    } catch (NullPointerException | ClassCastException | NumberFormatException e) {
      throw new UnreadableException("A message of a given-up batch does not say where it is");
    }
  }

  private static GivenUpBatch of(JsonObject batch) {
    return new GivenUpBatch(
        batch.getString("streamArn"),
        batch.getString("shardId"),
        batch.getString("startSequenceNumber"),
        new BigInteger(batch.getString("endSequenceNumber")));
  }
}
