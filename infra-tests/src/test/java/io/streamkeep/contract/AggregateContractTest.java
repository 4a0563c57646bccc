package io.streamkeep.contract;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.e2e.support.AggregateExamples;
import io.streamkeep.inspection.ViewState;
import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.decider.StateCodec;
import io.streamkeep.kernel.memory.InMemoryViewStore;
import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.Projection;
import io.streamkeep.kernel.projection.ViewProjector;
import io.streamkeep.kernel.projection.ViewReader.Listed;
import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import io.streamkeep.kernel.projection.ViewStore.Row;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.StreamId;
import io.streamkeep.kernel.store.UnreadableException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernel's contract for every registered aggregate, run in memory. Its events come from the
 * stored fixtures and from the example bodies of the API document.
 */
@Tag("fast")
final class AggregateContractTest {

  private static final String REGISTERED = "io.streamkeep.e2e.support.AggregateExamples#registered";
  private static final Path FIXTURES = Path.of("../shared/domain/src/test/resources/stored");
  private static final Pattern FIXTURE = Pattern.compile("(.+)\\.v([0-9]+)(-.+)?\\.json");

  private final CommandRun run = new CommandRun();

  @ParameterizedTest
  @MethodSource(REGISTERED)
  void events_areReadAsWritten_andOthersAreUnreadable(AggregateModule<?, ?, ?> module)
      throws IOException {
    List<RecordedEvent> events = fixtures(module.category());
    streams(new AggregateExamples<>(module))
        .forEach(commits -> commits.forEach(commit -> events.addAll(commit.events())));
    assertThat(events).as("Examples and fixtures of %s", module.category()).isNotEmpty();
    events.forEach(event -> assertFormat(module.category(), module.aggregate().events(), event));
  }

  private static <E> void assertFormat(String category, EventCodec<E> codec, RecordedEvent stored) {
    E event = codec.decode(stored);
    RecordedEvent written = codec.encode(event);
    assertThat(written.type()).isEqualTo(stored.type()).startsWith(category + ".");
    assertThat(codec.decode(written)).isEqualTo(event);
    for (RecordedEvent bad :
        List.of(
            new RecordedEvent(written.type(), written.version() + 1, written.data()),
            new RecordedEvent(written.type(), 0, written.data()),
            new RecordedEvent(written.type() + "-unknown", 1, written.data()),
            new RecordedEvent(written.type(), written.version(), "no JSON"),
            new RecordedEvent(written.type(), written.version(), "{\"unknown\":1}"))) {
      assertThatThrownBy(() -> codec.decode(bad))
          .as("%s", bad)
          .isInstanceOf(UnreadableException.class);
    }
  }

  @ParameterizedTest
  @MethodSource(REGISTERED)
  void states_areReadAsWritten(AggregateModule<?, ?, ?> module) {
    assertStates(new AggregateExamples<>(module));
  }

  private <C, E, S> void assertStates(AggregateExamples<C, E, S> examples) {
    StateCodec<S> codec = examples.module().aggregate().states();
    if (codec != null) {
      for (List<Commit> commits : streams(examples)) {
        for (int end = 1; end <= commits.size(); end++) {
          S state = examples.state(commits.subList(0, end));
          assertThat(codec.decode(codec.encode(state))).isEqualTo(state);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(REGISTERED)
  void views_equalFold_whenCommitsAreDuplicatedAndReordered(AggregateModule<?, ?, ?> module) {
    for (List<Commit> commits : streams(new AggregateExamples<>(module))) {
      StreamId stream = commits.getFirst().stream();
      for (Projection<?, ?> view : module.projections()) {
        InMemoryViewStore rows = new InMemoryViewStore();
        ViewProjector<?, ?> projector = new ViewProjector<>(view, rows, run.events());
        for (Commit commit : commits.reversed()) {
          projector.deliver(stream, List.of(commit));
          projector.deliver(stream, List.of(commit));
        }
        projector.deliver(stream, commits);

        Row fold = ViewState.fold(view, commits);
        assertThat(rows.find(view.name(), stream).data()).isEqualTo(fold.data());
        assertThat(rows.find(view.name(), stream).commit()).isEqualTo(commits.size());
        view.totals(fold).forEach(total -> assertTotal(rows, total));
      }
    }
  }

  /** A total that is zero may be missing. */
  private static void assertTotal(InMemoryViewStore rows, AggregateTotal total) {
    String key = total.sortKey();
    Map<String, BigInteger> amounts =
        total.amounts().entrySet().stream()
            .collect(toMap(Map.Entry::getKey, amount -> BigInteger.valueOf(amount.getValue())));
    TotalRow expected = new TotalRow(key, amounts);
    assertThat(
            rows.totals(
                    total.group(),
                    key,
                    key,
                    null,
                    found -> Optional.of(found).filter(AggregateContractTest::isNotZero),
                    9)
                .items())
        .extracting(Listed::value)
        .isEqualTo(isNotZero(expected) ? List.of(expected) : List.of());
  }

  private static boolean isNotZero(TotalRow total) {
    return total.amounts().values().stream().anyMatch(amount -> amount.signum() != 0);
  }

  @ParameterizedTest
  @MethodSource(REGISTERED)
  void command_takesEffectOnce_withAndWithoutCache(AggregateModule<?, ?, ?> module) {
    streams(new AggregateExamples<>(module)); // repeats every command that took effect
  }

  /** The commits that each sequence of commands results in. Rejected commands add none. */
  private <C, E, S> List<List<Commit>> streams(AggregateExamples<C, E, S> examples) {
    List<List<Commit>> streams = new ArrayList<>();
    if (!examples.module().commands().isEmpty()) {
      for (List<CommandOperation<C>> sequence : examples.sequences()) {
        streams.add(run.commits(examples, sequence));
      }
    }
    return streams;
  }

  private static List<RecordedEvent> fixtures(String category) throws IOException {
    List<RecordedEvent> fixtures = new ArrayList<>();
    try (Stream<Path> files = Files.walk(FIXTURES)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Matcher name = FIXTURE.matcher(file.getFileName().toString());
        if (name.matches() && name.group(1).startsWith(category + ".")) {
          int version = Integer.parseInt(name.group(2));
          fixtures.add(new RecordedEvent(name.group(1), version, Files.readString(file).strip()));
        }
      }
    }
    return fixtures;
  }
}
