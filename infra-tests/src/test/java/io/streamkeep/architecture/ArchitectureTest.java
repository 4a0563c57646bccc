package io.streamkeep.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The architecture obeys its rules, and each rule fails for a class that breaks it. */
@Tag("fast")
final class ArchitectureTest {

  private static final JavaClasses SHARED =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(
              "io.streamkeep.kernel",
              "io.streamkeep.domain",
              "io.streamkeep.aws",
              "io.streamkeep.testkit");

  private static final JavaClasses FUNCTIONS =
      new ClassFileImporter()
          .importPaths(
              Stream.of(
                      "command",
                      "projection",
                      "reaction",
                      "redelivery",
                      "reconciler",
                      "query",
                      "operations")
                  .map(name -> Path.of("..", "functions", name, "target", "classes"))
                  .toList());

  private static final JavaClasses TESTS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.OnlyIncludeTests())
          .withImportOption(location -> !location.contains("/broken/"))
          .importPackages("io.streamkeep");

  static Stream<Arguments> rules() {
    return Stream.of(
        Arguments.of(Rules.KERNEL_SEES_ONLY_THE_JDK, "kernel"),
        Arguments.of(Rules.DOMAIN_SEES_KERNEL_AND_JSON, "domain"),
        Arguments.of(Rules.AWS_DOES_NOT_SEE_THE_DOMAIN, "aws"),
        Arguments.of(Rules.TESTKIT_DOES_NOT_SEE_THE_DOMAIN, "testkit"),
        Arguments.of(Rules.DOMAIN_HAS_NO_CLOCK, "clock"),
        Arguments.of(Rules.ONE_CLOCK_IS_PASSED_ON, "systemclock"),
        Arguments.of(Rules.DOMAIN_HAS_NO_RANDOM, "random"),
        Arguments.of(Rules.DOMAIN_HAS_NO_IO, "io"),
        Arguments.of(Rules.KERNEL_LAYERS, "kernellayers"),
        Arguments.of(Rules.AWS_LAYERS, "awslayers"),
        Arguments.of(Rules.NO_CYCLES, "cycle"));
  }

  @Test
  void sharedModules_areImported() {
    assertThat(SHARED).hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void rule_holds(ArchRule rule, String unused) {
    rule.check(SHARED);
  }

  @Test
  void tests_areTagged() {
    assertThat(TESTS).hasSizeGreaterThan(100);
    Rules.TESTS_ARE_TAGGED.check(TESTS);
  }

  @Test
  void functions_haveOneClock() {
    assertThat(FUNCTIONS).hasSizeGreaterThan(10);
    Rules.ONE_CLOCK_IS_PASSED_ON.check(FUNCTIONS);
  }

  static Stream<Arguments> rulesWithFixtures() {
    return Stream.concat(rules(), Stream.of(Arguments.of(Rules.TESTS_ARE_TAGGED, "tag")));
  }

  /** Each package below {@code broken} has classes that break one rule. */
  @ParameterizedTest
  @MethodSource("rulesWithFixtures")
  void rule_fails_forBrokenFixture(ArchRule rule, String broken) {
    JavaClasses classes =
        new ClassFileImporter().importPackages("io.streamkeep.architecture.broken." + broken);

    assertThat(classes).isNotEmpty();
    assertThatThrownBy(() -> rule.check(classes))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("was violated");
  }
}
