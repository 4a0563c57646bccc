package io.streamkeep.aws.dynamodb.events;

import io.streamkeep.aws.dynamodb.ItemSize;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore.Base;
import io.streamkeep.kernel.store.EventStore.History;
import io.streamkeep.kernel.store.ReplaySize;
import io.streamkeep.kernel.store.Snapshot;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A stream read backwards from its head to a snapshot or to its first commit. */
final class StreamLoader {

  private final Predicate<Snapshot> usable;
  private final List<Commit> newestFirst = new ArrayList<>();
  private @Nullable DynamoHead head;
  private @Nullable Base base;
  private ReplaySize baseSize = ReplaySize.NOTHING;
  private ReplaySize replayed = ReplaySize.NOTHING;

  StreamLoader(Predicate<Snapshot> usable) {
    this.usable = usable;
  }

  /** Adds items that precede those added before; false if no more are needed. */
  boolean add(List<Map<String, AttributeValue>> items) {
    for (Map<String, AttributeValue> item : items) {
      Commit commit = CommitItem.read(item);
      if (head == null) {
        head = DynamoHead.start(commit.stream()).after(commit, item, ReplaySize.NOTHING);
      }
      if (!newestFirst.isEmpty() && commit.number() != newestFirst.getLast().number() - 1) {
        throw gap(commit);
      }
      Optional<Snapshot> snapshot = snapshot(item);
      if (snapshot.isPresent()) {
        base = new Base(commit, snapshot.get());
        baseSize = ReplaySize.snapshot(ItemSize.of(item));
        return false;
      }
      newestFirst.add(commit);
      replayed = replayed.with(ItemSize.of(item));
    }
    return newestFirst.isEmpty() || newestFirst.getLast().number() > 1;
  }

  private Optional<Snapshot> snapshot(Map<String, AttributeValue> item) {
    try {
      return CommitItem.snapshot(item).filter(usable);
    } catch (UnreadableException e) {
      return Optional.empty(); // the commits before it lead to the same state
    }
  }

  History history(StreamId stream) {
    if (base == null && !newestFirst.isEmpty() && newestFirst.getLast().number() != 1) {
      throw gap(newestFirst.getLast());
    }
    ReplaySize size = new ReplaySize(baseSize.snapshot(), replayed.commits());
    return new History(
        base, newestFirst.reversed(), head == null ? DynamoHead.start(stream) : head.with(size));
  }

  /** An error, because this code never deletes commits: continuing would hide a loss. */
  private static UnreadableException gap(Commit before) {
    return new UnreadableException(
        "Commits are missing near "
            + before.number()
            + " of a stream of "
            + before.stream().category());
  }
}
