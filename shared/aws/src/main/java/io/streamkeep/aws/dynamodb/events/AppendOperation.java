package io.streamkeep.aws.dynamodb.events;

import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import io.streamkeep.aws.dynamodb.DynamoTable;
import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.aws.dynamodb.PutCondition;
import io.streamkeep.aws.dynamodb.TransactionCancellation;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.AppendResult;
import io.streamkeep.kernel.store.EventStore.AppendedCommit;
import io.streamkeep.kernel.store.EventStore.ConcurrentCommit;
import io.streamkeep.kernel.store.EventStore.Head;
import io.streamkeep.kernel.store.EventStore.Limit;
import io.streamkeep.kernel.store.EventStore.StreamAppend;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** One append: a PutItem for one stream, a transaction for several or with unchanged ones. */
final class AppendOperation {

  /** The condition that no commit follows the head yet. */
  private static final PutCondition ABSENT = PutCondition.isAbsent(CommitItem.STREAM);

  private final DynamoTable table;
  private final List<Part> parts;
  private final List<DynamoHead> unchanged;

  /**
   * Prepares an append.
   *
   * @param sampled true if the first commit is in the sample
   */
  AppendOperation(
      DynamoTable table, List<StreamAppend> writes, List<Head> unchanged, boolean sampled) {
    this.table = table;
    this.unchanged = unchanged.stream().map(DynamoHead::of).toList();
    this.parts = new ArrayList<>();
    for (StreamAppend write : writes) {
      parts.add(Part.of(write, sampled && parts.isEmpty()));
    }
  }

  /** One commit of the append, with its item. */
  private record Part(
      DynamoHead before, Map<String, AttributeValue> item, long bytes, AppendedCommit stored) {

    static Part of(StreamAppend write, boolean sampled) {
      DynamoHead before = DynamoHead.of(write.head());
      Commit commit = write.commit().after(before.stream(), before.commit(), before.version());
      Part plain = of(before, commit, null, sampled);
      if (!plain.stored.head().size().due()) {
        return plain;
      }
      Optional<Snapshot> snapshot = write.commit().snapshot().apply(commit);
      if (snapshot.isEmpty()) {
        return plain;
      }
      Part with = of(before, commit, snapshot.get(), sampled);
      if (with.bytes > Limit.COMMIT_BYTES.max()) {
        return plain.withoutSnapshot();
      }
      return before.size().shouldSnapshot(with.bytes - plain.bytes) ? with : plain;
    }

    private static Part of(
        DynamoHead before, Commit commit, @Nullable Snapshot snapshot, boolean sampled) {
      Map<String, AttributeValue> written = CommitItem.write(commit, snapshot, before.hash());
      Map<String, AttributeValue> item = sampled ? CommitItem.sampled(written) : written;
      long bytes = ItemSize.of(item);
      ReplaySize size = snapshot == null ? before.size().with(bytes) : ReplaySize.snapshot(bytes);
      return new Part(
          before, item, bytes, new AppendedCommit(commit, before.after(commit, item, size), false));
    }

    private Part withoutSnapshot() {
      return new Part(
          before, item, bytes, new AppendedCommit(stored.commit(), stored.head(), true));
    }
  }

  AppendResult run() {
    AppendResult tooLarge = tooLarge();
    if (tooLarge != null) {
      return tooLarge;
    }
    try {
      return parts.size() == 1 && unchanged.isEmpty() ? put(parts.getFirst()) : transact();
    } catch (TransactionConflictException | TransactionInProgressException e) {
      return new AppendResult.TransactionConflict();
    }
  }

  private @Nullable AppendResult tooLarge() {
    int streams = parts.size() + unchanged.size();
    if (streams > Limit.STREAMS.max()) {
      return new AppendResult.TooLarge(Limit.STREAMS, streams);
    }
    long largest = parts.stream().mapToLong(Part::bytes).max().orElse(0);
    if (largest > Limit.COMMIT_BYTES.max()) {
      return new AppendResult.TooLarge(Limit.COMMIT_BYTES, largest);
    }
    long all = parts.stream().mapToLong(Part::bytes).sum();
    return all > Limit.APPEND_BYTES.max()
        ? new AppendResult.TooLarge(Limit.APPEND_BYTES, all)
        : null;
  }

  private AppendResult put(Part part) {
    try {
      DynamoTable.translate(
          () ->
              table
                  .client()
                  .putItem(
                      put ->
                          ABSENT
                              .on(put.tableName(table.name()).item(part.item()))
                              .returnValuesOnConditionCheckFailure(ALL_OLD)));
      return new AppendResult.Appended(List.of(part.stored()));
    } catch (ConditionalCheckFailedException e) {
      return new AppendResult.Conflict(List.of(concurrent(part.before(), e.item())));
    }
  }

  private AppendResult transact() {
    List<DynamoHead> heads = new ArrayList<>();
    List<TransactWriteItem> items = new ArrayList<>();
    for (Part part : parts) {
      heads.add(part.before());
      items.add(table.putInTransaction(part.item(), ABSENT));
    }
    for (DynamoHead head : unchanged) {
      heads.add(head);
      items.add(check(head));
    }
    try {
      table.transact(items);
      return new AppendResult.Appended(parts.stream().map(Part::stored).toList());
    } catch (TransactionCanceledException e) {
      return cancelled(heads, e);
    }
  }

  private TransactWriteItem check(DynamoHead head) {
    return TransactWriteItem.builder()
        .conditionCheck(
            check ->
                check
                    .tableName(table.name())
                    .key(CommitItem.key(head.stream(), head.commit() + 1))
                    .conditionExpression(ABSENT.text())
                    .expressionAttributeNames(DynamoTable.names(ABSENT.text()))
                    .returnValuesOnConditionCheckFailure(ALL_OLD))
        .build();
  }

  /** A conflict whose winner is known takes precedence over throttling and over other conflicts. */
  private static AppendResult cancelled(List<DynamoHead> heads, TransactionCanceledException e) {
    TransactionCancellation cancellation = TransactionCancellation.of(e);
    if (!cancellation.failed().isEmpty()) {
      return new AppendResult.Conflict(
          cancellation.failed().stream()
              .map(i -> concurrent(heads.get(i), e.cancellationReasons().get(i).item()))
              .toList());
    }
    return cancellation.throttled()
        ? new AppendResult.Throttled()
        : new AppendResult.TransactionConflict();
  }

  private static ConcurrentCommit concurrent(DynamoHead before, Map<String, AttributeValue> item) {
    Commit winner = CommitItem.read(item);
    long bytes = ItemSize.of(item);
    ReplaySize size =
        CommitItem.hasSnapshot(item) ? ReplaySize.snapshot(bytes) : before.size().with(bytes);
    return new ConcurrentCommit(winner, before.after(winner, item, size));
  }
}
