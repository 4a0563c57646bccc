package io.streamkeep.testkit;

import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.StreamId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The reference: what an event store is, in memory. */
public final class InMemoryEventStore implements EventStore {

  private final Map<StreamId, List<Commit>> streams = new HashMap<>();

  private record At(StreamId stream, long commit, long version) implements Head {}

  @Override
  public synchronized History load(StreamId stream) {
    List<Commit> commits = commits(stream);
    long version = commits.isEmpty() ? 0 : commits.getLast().version();
    return new History(commits, new At(stream, commits.size(), version));
  }

  @Override
  public synchronized AppendResult append(Head head, Proposal proposal) {
    if (!(head instanceof At at)) {
      throw new IllegalArgumentException("Not a head of this store");
    }
    if (commits(at.stream()).size() != at.commit()) {
      return new AppendResult.Conflict();
    }
    Commit commit = proposal.after(at.stream(), at.commit(), at.version());
    streams.computeIfAbsent(at.stream(), s -> new ArrayList<>()).add(commit);
    return new AppendResult.Appended(commit);
  }

  @Override
  public synchronized Slice read(StreamId stream, long after, int limit) {
    List<Commit> rest = commits(stream).stream().skip(after).toList();
    return new Slice(rest.stream().limit(limit).toList(), rest.size() > limit);
  }

  private List<Commit> commits(StreamId stream) {
    return streams.getOrDefault(stream, List.of());
  }
}
