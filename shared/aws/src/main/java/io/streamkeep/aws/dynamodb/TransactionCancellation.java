package io.streamkeep.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * The reasons for which a transaction was cancelled, at least one, if a retry can succeed.
 *
 * @param failed the conditions that did not hold, by their index in the transaction
 * @param conflict true if another transaction was in progress on one of the items
 * @param throttled true if it was throttled; the SDK does not retry that in a transaction
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
 */
public record TransactionCancellation(List<Integer> failed, boolean conflict, boolean throttled) {

  /** Rethrows the exception if a retry would be cancelled for the same reason. */
  public static TransactionCancellation of(TransactionCanceledException e) {
    List<Integer> failed = new ArrayList<>();
    boolean conflict = false;
    boolean throttled = false;
    List<CancellationReason> reasons = e.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      switch (reasons.get(i).code()) {
        case "None" -> {}
        case "ConditionalCheckFailed" -> failed.add(i);
        case "TransactionConflict" -> conflict = true;
        case "ProvisionedThroughputExceeded", "ThrottlingError" -> throttled = true;
        default -> throw e; // ValidationError, ItemCollectionSizeLimitExceeded
      }
    }
    if (failed.isEmpty() && !conflict && !throttled) {
      throw e;
    }
    return new TransactionCancellation(failed, conflict, throttled);
  }
}
