package io.streamkeep.testkit.cost;

import java.util.Collection;

/**
 * What requests to DynamoDB cost.
 *
 * @param requests as they went over the wire, the SDK's own retries too
 * @param writeUnits those of the table and of its indexes
 * @param readUnits an eventually consistent one is half a unit
 * @param bytesWritten the items that are stored now because of them, as {@code ItemSize} has them
 * @param bytesRead the items that were looked at, whether or not they are in the answer
 */
public record Cost(
    long requests, long writeUnits, double readUnits, long bytesWritten, long bytesRead) {

  public static final Cost NOTHING = new Cost(0, 0, 0, 0, 0);

  static final Cost REQUEST = new Cost(1, 0, 0, 0, 0);

  static Cost write(long units, long bytes) {
    return new Cost(0, units, 0, bytes, 0);
  }

  static Cost read(double units, long bytes) {
    return new Cost(0, 0, units, 0, bytes);
  }

  static Cost sum(Collection<Cost> costs) {
    return costs.stream().reduce(NOTHING, Cost::plus);
  }

  public Cost plus(Cost other) {
    return new Cost(
        requests + other.requests,
        writeUnits + other.writeUnits,
        readUnits + other.readUnits,
        bytesWritten + other.bytesWritten,
        bytesRead + other.bytesRead);
  }

  public Cost minus(Cost other) {
    return new Cost(
        requests - other.requests,
        writeUnits - other.writeUnits,
        readUnits - other.readUnits,
        bytesWritten - other.bytesWritten,
        bytesRead - other.bytesRead);
  }
}
