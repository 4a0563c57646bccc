package io.streamkeep.aws.dynamodb.views;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.dynamodb.TransactionCancellation;
import io.streamkeep.kernel.command.Backoff;
import io.streamkeep.kernel.command.Sleeper;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.store.ThrottledException;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/**
 * Writes a row in one conditional PutItem or, with additions to totals, in one TransactWriteItems
 * at twice the price. The streams of a sub-total share its item, so a transaction that conflicts
 * with another one is retried with full-jitter backoff.
 */
final class ConditionalRowWriter {

  static final int MAX_ATTEMPTS = 8;

  private static final Duration FIRST_BOUND = Duration.ofMillis(40);
  private static final Duration LARGEST_BOUND = Duration.ofMillis(800);

  private final DynamoTable table;
  private final Sleeper sleeper;

  ConditionalRowWriter(DynamoTable table, Sleeper sleeper) {
    this.table = table;
    this.sleeper = sleeper;
  }

  /**
   * Writes the row and the additions; false, and nothing is written, if the condition fails.
   *
   * @param subTotal the sub-total of each total to add to
   * @throws UnreadableException if what is stored is no total
   * @throws ThrottledException if the last attempt also conflicted or was throttled
   */
  boolean write(
      Map<String, AttributeValue> row,
      PutCondition condition,
      List<AggregateTotal> adds,
      int subTotal) {
    return retry(
        () ->
            adds.isEmpty()
                ? Optional.of(table.put(row, condition))
                : transact(table.putInTransaction(row, condition), adds, subTotal));
  }

  /** Deletes the row as {@link #write} writes it, always in a transaction. */
  boolean remove(
      Map<String, AttributeValue> key,
      PutCondition condition,
      List<AggregateTotal> adds,
      int subTotal) {
    return retry(() -> transact(table.deleteInTransaction(key, condition), adds, subTotal));
  }

  /** Repeats an attempt while it returns empty because the items were busy. */
  private boolean retry(Supplier<Optional<Boolean>> attempt) {
    Backoff backoff = new Backoff(sleeper, FIRST_BOUND, LARGEST_BOUND);
    for (int attempts = 1; attempts < MAX_ATTEMPTS; attempts++) {
      Optional<Boolean> written = unlessBusy(attempt);
      if (written.isPresent()) {
        return written.get();
      }
      backoff.await();
    }
    return unlessBusy(attempt).orElseThrow(() -> new ThrottledException(null));
  }

  /** True if the condition held; empty if the items were busy. */
  private static Optional<Boolean> unlessBusy(Supplier<Optional<Boolean>> attempt) {
    try {
      return attempt.get();
    } catch (TransactionConflictException | TransactionInProgressException e) {
      return Optional.empty();
    }
  }

  private Optional<Boolean> transact(
      TransactWriteItem row, List<AggregateTotal> adds, int subTotal) {
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(row);
    for (AggregateTotal add : adds) {
      items.add(
          TransactWriteItem.builder()
              .update(update -> TotalItem.add(update.tableName(table.name()), add, subTotal))
              .build());
    }
    try {
      table.transact(items);
      return Optional.of(true);
    } catch (TransactionCanceledException e) {
      if (isOnlyInvalid(e)) {
        throw notTotal();
      }
      boolean busy = TransactionCancellation.of(e).failed().isEmpty();
      return busy ? Optional.empty() : Optional.of(false);
    } catch (DynamoDbException e) {
      // DynamoDB Local does not cancel the transaction, but refuses the request.
      throw isInvalid(e) ? notTotal() : e;
    }
  }

  private static boolean isInvalid(DynamoDbException e) {
    AwsErrorDetails details = e.awsErrorDetails(); // null if DynamoDB did not answer
    return details != null && "ValidationException".equals(details.errorCode());
  }

  /** An addition to an attribute that is not a number, where everything else would be written. */
  private static boolean isOnlyInvalid(TransactionCanceledException e) {
    return e.cancellationReasons().stream()
        .map(CancellationReason::code)
        .filter(code -> !code.equals("None"))
        .allMatch("ValidationError"::equals);
  }

  private static UnreadableException notTotal() {
    return new UnreadableException("A total that nothing can be added to");
  }
}
