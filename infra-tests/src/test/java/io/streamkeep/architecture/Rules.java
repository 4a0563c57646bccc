package io.streamkeep.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Set;

/** What may see what; a package's name is what decides where a class belongs. */
final class Rules {

  private static final String KERNEL = "..kernel..";
  private static final String DOMAIN = "..domain..";
  private static final String AWS = "..aws..";
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
          .callMethodWhere(
              describe(
                  "asks for the time",
                  call -> {
                    AccessTarget.CodeUnitCallTarget target = call.getTarget();
                    String owner = target.getOwner().getName();
                    return (owner.startsWith("java.time.") && target.getName().equals("now"))
                        || (owner.equals("java.lang.System")
                            && Set.of("currentTimeMillis", "nanoTime").contains(target.getName()));
                  }))
          .orShould()
          .dependOnClassesThat(are(nameMatching("java\\.time\\.(Clock|InstantSource)")))
          .orShould()
          .dependOnClassesThat(
              are(nameMatching("java\\.util\\.(Date|Calendar|GregorianCalendar|Timer)")));

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
