package io.streamkeep.testkit;

import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.Commit;
import io.streamkeep.kernel.EventStore;
import io.streamkeep.kernel.EventStore.AppendResult.Appended;
import io.streamkeep.kernel.EventStore.Proposal;
import io.streamkeep.kernel.Fingerprint;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.RecordedEvent;
import io.streamkeep.kernel.StreamId;
import java.time.Instant;
import java.util.List;

/** Commits for those who only take them in. */
final class Commits {

  private Commits() {}

  /** Appends a commit of one event, of which only the data are of interest. */
  static Commit append(EventStore events, StreamId stream, String data) {
    return append(events, stream, data, Metadata.NONE);
  }

  static Commit append(EventStore events, StreamId stream, String data, Metadata metadata) {
    Proposal proposal =
        new Proposal(
            List.of(new RecordedEvent("letter", 1, data)),
            Instant.EPOCH,
            new CommandId("c"),
            new Fingerprint("f"),
            metadata);
    Appended appended = (Appended) events.append(events.load(stream).head(), proposal);
    return appended.parts().getFirst().commit();
  }
}
