package io.streamkeep.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;

/** What may see what; a package's name is what decides where a class belongs. */
final class Rules {

  private static final String KERNEL = "..kernel..";
  private static final String DOMAIN = "..domain..";
  private static final String AWS = "..aws..";
  private static final String FUNCTIONS = "..functions..";
  private static final String TESTKIT = "..testkit..";

  static final ArchRule KERNEL_SEES_ONLY_THE_JDK =
      classes()
          .that()
          .resideInAPackage(KERNEL)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", KERNEL, "org.jspecify.annotations..");

  static final ArchRule DOMAIN_SEES_KERNEL_AND_JSON =
      classes()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..", KERNEL, DOMAIN, "jakarta.json..", "org.jspecify.annotations..");

  static final ArchRule AWS_DOES_NOT_SEE_THE_DOMAIN =
      classes()
          .that()
          .resideInAPackage(AWS)
          .and()
          .resideInAPackage("io.streamkeep..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              KERNEL,
              AWS,
              "software.amazon.awssdk..",
              "com.amazonaws.services.lambda.runtime..",
              "org.crac..",
              "jakarta.json..",
              "org.jspecify.annotations..");

  private static final DescribedPredicate<JavaMethodCall> ASKS_FOR_THE_TIME =
      describe(
          "asks for the time",
          call -> {
            AccessTarget.CodeUnitCallTarget target = call.getTarget();
            String owner = target.getOwner().getName();
            return (owner.startsWith("java.time.") && target.getName().equals("now"))
                || (owner.equals("java.lang.System")
                    && target.getName().equals("currentTimeMillis"));
          });

  private static final DescribedPredicate<JavaMethodCall> MAKES_A_CLOCK_OUTSIDE_A_WIRING =
      describe(
          "makes a clock and is no function's wiring",
          call ->
              call.getTarget().getOwner().getName().equals("java.time.InstantSource")
                  && call.getTarget().getName().equals("system")
                  && !call.getOriginOwner().getName().matches(".*\\.functions\\..*Function"));

  private static final DescribedPredicate<HasName> OLD_CLOCK =
      nameMatching("java\\.util\\.(Date|Calendar|GregorianCalendar|Timer)");

  static final ArchRule TESTKIT_DOES_NOT_SEE_THE_DOMAIN =
      classes()
          .that()
          .resideInAPackage(TESTKIT)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              KERNEL,
              AWS,
              TESTKIT,
              "software.amazon.awssdk..",
              "org.junit..",
              "org.assertj..",
              "org.jspecify.annotations..");

  static final ArchRule DOMAIN_HAS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .callMethodWhere(ASKS_FOR_THE_TIME)
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat(are(nameMatching("java\\.time\\.(Clock|InstantSource)")))
          .orShould()
          .dependOnClassesThat(are(OLD_CLOCK));

  /** For a duration it may be counted how long something took. */
  static final ArchRule ONE_CLOCK_IS_HANDED_ON =
      noClasses()
          .that()
          .resideInAnyPackage(KERNEL, AWS, FUNCTIONS)
          .should()
          .callMethodWhere(ASKS_FOR_THE_TIME.or(MAKES_A_CLOCK_OUTSIDE_A_WIRING))
          .orShould()
          .dependOnClassesThat(are(nameMatching("java\\.time\\.Clock")))
          .orShould()
          .dependOnClassesThat(are(OLD_CLOCK));

  static final ArchRule DOMAIN_HAS_NO_RANDOM =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(
              are(
                  nameMatching(
                      "java\\.util\\.(Random|SplittableRandom|UUID|random\\..*"
                          + "|concurrent\\.ThreadLocalRandom)|java\\.security\\..*")))
          .orShould()
          .callMethod(Math.class, "random");

  /** A reader over a text in memory is not I/O. */
  static final ArchRule DOMAIN_HAS_NO_IO =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..",
                      "java.nio.file..",
                      "java.nio.channels..",
                      "java.sql..",
                      "java.lang.foreign..")
                  .or(nameMatching("java\\.io\\.(File|RandomAccess|Print|Console|Input|Output).*"))
                  .or(nameMatching("java\\.lang\\.(Process.*|Thread|System)")));

  static final ArchRule NO_CYCLES =
      slices().matching("io.streamkeep.(**)").should().beFreeOfCycles();

  private Rules() {}
}
