package io.streamkeep.aws.dynamodb;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Why a transaction was cancelled, if that is a lost race or a matter of time: at least one of
 * them.
 *
 * @param failed the conditions that did not hold, by their places in the transaction
 * @param collided whether another transaction was at work on one of the items
 * @param throttled whether there was too much to do; unlike of other calls, of this one the SDK
 *     does not repeat that
 * @see <a
 *     href="https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html">TransactWriteItems</a>
 */
public record TransactionCancellation(List<Integer> failed, boolean collided, boolean throttled) {

  /** Throws what it is given for what would come again whatever is tried. */
  public static TransactionCancellation of(TransactionCanceledException e) {
    List<Integer> failed = new ArrayList<>();
    boolean collided = false;
    boolean throttled = false;
    List<CancellationReason> reasons = e.cancellationReasons();
    for (int i = 0; i < reasons.size(); i++) {
      switch (reasons.get(i).code()) {
        case "None" -> {}
        case "ConditionalCheckFailed" -> failed.add(i);
        case "TransactionConflict" -> collided = true;
        case "ProvisionedThroughputExceeded", "ThrottlingError" -> throttled = true;
        default -> throw e; // ValidationError, ItemCollectionSizeLimitExceeded: wrong, not late
      }
    }
    if (failed.isEmpty() && !collided && !throttled) {
      throw e;
    }
    return new TransactionCancellation(failed, collided, throttled);
  }
}
