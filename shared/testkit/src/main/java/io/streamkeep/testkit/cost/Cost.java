package io.streamkeep.testkit.cost;

import java.util.Collection;

/**
 * The cost of requests to DynamoDB.
 *
 * @param requests the number of requests sent, including the SDK's own retries
 * @param writeUnits the write units of tables and their indexes
 * @param readUnits an eventually consistent read counts half
 * @param bytesWritten the size of the items stored by them, by the rules of {@code ItemSize}
 * @param bytesRead the size of the items read, whether or not the response has them
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
