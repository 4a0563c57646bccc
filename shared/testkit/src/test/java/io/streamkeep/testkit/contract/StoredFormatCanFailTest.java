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

/** What a stored format must not do turns its contract red, and in the test that says so. */
final class StoredFormatCanFailTest {

  private static final String CHANGED = "aRecordChangesOnlyWithANewVersion()";

  static Stream<Class<?>> right() {
    return Stream.of(WrongBoxes.Right.class, WrongBoxes.Next.class);
  }

  @ParameterizedTest
  @MethodSource("right")
  void whatIsRightPasses(Class<?> format) {
    Events tests = run(format);

    assertThat(tests.succeeded().count()).isEqualTo(7);
    assertThat(failed(tests)).isEmpty();
  }

  static Stream<Class<?>> changed() {
    return Arrays.stream(ChangedBoxes.class.getDeclaredClasses());
  }

  @ParameterizedTest
  @MethodSource("changed")
  void aRecordThatChangesWithoutANewVersionFails(Class<?> format) {
    Events tests = run(format);

    assertThat(failed(tests)).containsExactly(CHANGED);
    assertThat(messages(tests))
        .singleElement()
        .asString()
        .contains("write v3, an upcaster from v2, a fixture box.packed.v3.json");
  }

  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(
            WrongBoxes.ReadsTheFirstAsSomethingElse.class, Set.of("whatWasEverStoredIsRead()")),
        Arguments.of(
            WrongBoxes.WritesSomethingElse.class,
            Set.of("theNewestVersionIsWrittenAsItIsStored()")),
        Arguments.of(WrongBoxes.GuessesTheFuture.class, Set.of("whatIsNotKnownIsAnError()")),
        Arguments.of(
            WrongBoxes.GuessesWhatItDoesNotKnow.class, Set.of("whatIsNotKnownIsAnError()")),
        Arguments.of(WrongBoxes.HasAnUnlistedFile.class, Set.of("everyFileIsKnown()")),
        Arguments.of(
            WrongBoxes.LostTheFirst.class, Set.of("everyVersionUpToTheNewestHasAFixture()")),
        Arguments.of(
            WrongBoxes.HasAnEventWithoutFixture.class,
            Set.of("everyEventHasAFixtureOfItsNewestVersion()")),
        Arguments.of(
            WrongBoxes.OnlyCountsUp.class,
            Set.of(
                "everyEventHasAFixtureOfItsNewestVersion()",
                "everyVersionUpToTheNewestHasAFixture()",
                "everyFileIsKnown()",
                CHANGED)));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void whatIsWrongFailsWhereItIsSaid(Class<?> format, Set<String> where) {
    assertThat(failed(run(format))).containsExactlyInAnyOrderElementsOf(where);
  }

  @Test
  void everyWrongFormatIsTried() {
    assertThat(Stream.concat(right(), wrong().map(arguments -> arguments.get()[0])))
        .containsAll(
            Arrays.stream(WrongBoxes.class.getDeclaredClasses())
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
