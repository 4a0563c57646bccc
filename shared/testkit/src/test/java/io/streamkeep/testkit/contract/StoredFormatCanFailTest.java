package io.streamkeep.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** Each defect of a stored format fails the contract, in the expected test. */
final class StoredFormatCanFailTest {

  private static final String CHANGED = "recordChangesOnlyWithANewVersion()";

  static Stream<Class<?>> correct() {
    return Stream.of(BrokenBoxFormats.Correct.class, BrokenBoxFormats.Next.class);
  }

  @ParameterizedTest
  @MethodSource("correct")
  void correctFormatPasses(Class<?> format) {
    Events tests = run(format);

    assertThat(tests.succeeded().count()).isEqualTo(7);
    assertThat(failed(tests)).isEmpty();
  }

  static Stream<Class<?>> changed() {
    return Arrays.stream(ChangedBoxFormats.class.getDeclaredClasses());
  }

  @ParameterizedTest
  @MethodSource("changed")
  void changedRecordFails_whenItsVersionStays(Class<?> format) {
    Events tests = run(format);

    assertThat(failed(tests)).containsExactly(CHANGED);
    assertThat(messages(tests))
        .singleElement()
        .asString()
        .contains("write v3, an upcaster from v2, a fixture box.filled.v3.json");
  }

  static Stream<Arguments> broken() {
    return Stream.of(
        Arguments.of(BrokenBoxFormats.MisreadsVersionOne.class, Set.of("everyFixtureIsRead()")),
        Arguments.of(
            BrokenBoxFormats.WritesAnotherForm.class, Set.of("newestVersionIsWrittenAsStored()")),
        Arguments.of(
            BrokenBoxFormats.AcceptsFutureVersions.class,
            Set.of("unknownTypeOrVersionIsUnreadable()")),
        Arguments.of(
            BrokenBoxFormats.AcceptsUnknownTypes.class,
            Set.of("unknownTypeOrVersionIsUnreadable()")),
        Arguments.of(BrokenBoxFormats.HasUnlistedFile.class, Set.of("folderHasOnlyKnownFiles()")),
        Arguments.of(
            BrokenBoxFormats.LacksVersionOne.class,
            Set.of("everyVersionUpToTheNewestHasAFixture()")),
        Arguments.of(
            BrokenBoxFormats.HasEventWithoutFixture.class,
            Set.of("everyEventHasAFixtureOfItsNewestVersion()")),
        Arguments.of(
            BrokenBoxFormats.OnlyIncrementsTheVersion.class,
            Set.of(
                "everyEventHasAFixtureOfItsNewestVersion()",
                "everyVersionUpToTheNewestHasAFixture()",
                "folderHasOnlyKnownFiles()",
                CHANGED)));
  }

  @ParameterizedTest
  @MethodSource("broken")
  void brokenFormatFailsInTheExpectedTests(Class<?> format, Set<String> where) {
    assertThat(failed(run(format))).containsExactlyInAnyOrderElementsOf(where);
  }

  @Test
  void everyBrokenFormatIsRun() {
    assertThat(Stream.concat(correct(), broken().map(arguments -> arguments.get()[0])))
        .containsAll(
            Arrays.stream(BrokenBoxFormats.class.getDeclaredClasses())
                .filter(StoredFormatContract.class::isAssignableFrom)
                .toList());
  }

  private static Stream<String> failed(Events tests) {
    return tests.failed().stream().map(event -> event.getTestDescriptor().getDisplayName());
  }

  private static Stream<String> messages(Events tests) {
    return tests.failed().stream()
        .flatMap(event -> event.getPayload(TestExecutionResult.class).stream())
        .flatMap(result -> result.getThrowable().stream())
        .map(Throwable::getMessage);
  }

  private static Events run(Class<?> format) {
    return EngineTestKit.engine("junit-jupiter")
        .configurationParameter("junit.jupiter.conditions.deactivate", "*")
        .selectors(selectClass(format))
        .execute()
        .testEvents();
  }
}
