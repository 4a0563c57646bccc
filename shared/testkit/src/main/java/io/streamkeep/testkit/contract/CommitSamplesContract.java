package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.CommitSamples;
import io.streamkeep.kernel.store.EventStore;
import io.streamkeep.kernel.store.EventStore.CommitId;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.testkit.function.SampleCommits;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of commit samples. A store's test extends this and supplies a new store. */
public abstract class CommitSamplesContract {

  private static final Instant NOW = Instant.parse("2026-03-01T10:15:30.123Z");

  /** An empty store. */
  protected abstract EventStore store();

  protected abstract CommitSamples samples();

  private StreamId append(Instant time, int commits) {
    StreamId stream = new StreamId("sampled", UUID.randomUUID().toString());
    SampleCommits.append(store(), stream, time, commits);
    return stream;
  }

  @Test
  void streamsAreFoundByTheTimeOfTheirCommits() {
    StreamId early = append(NOW, 1);
    StreamId middle = append(NOW.plusSeconds(60), 1);
    StreamId late = append(NOW.plusSeconds(120), 1);

    assertThat(samples().streams(NOW.plusSeconds(120), 3)).containsOnly(early, middle, late);
    assertThat(samples().streams(NOW.plusSeconds(3600), 2)).containsOnly(middle, late);
    assertThat(samples().streams(NOW.plusSeconds(119), 1)).containsOnly(middle);
    assertThat(samples().streams(NOW.minusSeconds(1), 3)).isEmpty();
  }

  @Test
  void timesOfCommitsThatExistAreKnown() {
    StreamId stream = append(NOW, 3);

    Map<CommitId, Instant> times =
        samples()
            .times(
                List.of(
                    new CommitId(stream, 0),
                    new CommitId(stream, 3),
                    new CommitId(stream, 3),
                    new CommitId(stream, 4)));

    assertThat(times).containsOnly(Map.entry(new CommitId(stream, 3), NOW));
    assertThat(samples().times(List.of())).isEmpty();
  }

  @Test
  void timesOfManyCommitsAreKnown() {
    StreamId stream = append(NOW, 120);

    List<CommitId> ids =
        store().read(stream, 0, 120).commits().stream().map(CommitSamplesContract::id).toList();

    assertThat(samples().times(ids)).containsOnlyKeys(ids);
  }

  private static CommitId id(Commit commit) {
    return new CommitId(commit.stream(), commit.number());
  }
}
