package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import io.streamkeep.kernel.store.StreamId;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * One generation of the feed on its table, which may also hold earlier ones. Keys: {@code stream}
 * (S, partition key) and {@code number} (N, sort key). A page has {@code feed/} with generation and
 * partition, which can't be a stream's name, and its own number; a cursor has its stream and the
 * number of the generation.
 *
 * @param name the name of the table
 * @param generation 1, 2, 3 …
 */
public record FeedTable(String name, int generation) {

  public static final String STREAM = "stream";
  public static final String NUMBER = "number";

  /** The partition key of a feed partition's pages. */
  public AttributeValue pages(int partition) {
    return fromS("feed/" + generation + "/" + partition);
  }

  /** The key of the feed's cursor in a stream. */
  public Map<String, AttributeValue> cursor(StreamId stream) {
    return Map.of(STREAM, fromS(stream.toString()), NUMBER, fromN(Integer.toString(generation)));
  }
}
