package io.streamkeep.testkit.contract;

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
import java.util.List;

/** Appends commits for tests of subscribers. */
final class Commits {

  private Commits() {}

  /** Appends a commit of one event with the given data. */
  static Commit append(EventStore events, StreamId stream, String data) {
    return append(events, stream, data, Metadata.NONE);
  }

  static Commit append(EventStore events, StreamId stream, String data, Metadata metadata) {
    NewCommit commit =
        new NewCommit(
            List.of(new RecordedEvent("letter", 1, data)),
            Instant.EPOCH,
            new CommandId("c"),
            new Fingerprint("f"),
            metadata);
    Appended appended = (Appended) events.append(events.load(stream).head(), commit);
    return appended.commits().getFirst().commit();
  }
}
