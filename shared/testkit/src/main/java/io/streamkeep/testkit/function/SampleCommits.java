package io.streamkeep.testkit.function;

import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.store.EventStore.NewCommit;
import io.streamkeep.kernel.store.Fingerprint;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Appends commits whose origin does not matter. */
public final class SampleCommits {

  private SampleCommits() {}

  /** Appends each event as a commit of its own. */
  public static List<Commit> append(
      EventStore store, StreamId stream, Instant time, List<RecordedEvent> events) {
    List<Commit> commits = new ArrayList<>();
    for (RecordedEvent event : events) {
      NewCommit commit =
          new NewCommit(
              List.of(event), time, new CommandId("c"), new Fingerprint("f"), Metadata.NONE);
      Appended appended = (Appended) store.append(store.load(stream).head(), commit);
      commits.add(appended.commits().getFirst().commit());
    }
    return commits;
  }

  /** Appends commits of one event each, whose type no aggregate knows. */
  public static List<Commit> append(EventStore store, StreamId stream, Instant time, int count) {
    RecordedEvent event = new RecordedEvent("sample.happened", 1, "{}");
    return append(store, stream, time, Collections.nCopies(count, event));
  }
}
