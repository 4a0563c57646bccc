package io.streamkeep.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;

/** The architecture's rules; a class belongs to the part that its package names. */
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

  private static final DescribedPredicate<JavaMethodCall> READS_THE_CLOCK =
      describe(
          "reads the clock",
          call -> {
            AccessTarget.CodeUnitCallTarget target = call.getTarget();
            String owner = target.getOwner().getName();
            return (owner.startsWith("java.time.") && target.getName().equals("now"))
                || (owner.equals("java.lang.System")
                    && target.getName().equals("currentTimeMillis"));
          });

  private static final DescribedPredicate<JavaMethodCall> CREATES_CLOCK_OUTSIDE_WIRING =
      describe(
          "creates a clock outside a function's wiring",
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
              "com.amazonaws.services.lambda.runtime..",
              "jakarta.json..",
              "org.junit..",
              "org.assertj..",
              "org.jspecify.annotations..");

  static final ArchRule DOMAIN_HAS_NO_CLOCK =
      noClasses()
          .that()
          .resideInAPackage(DOMAIN)
          .should()
          .callMethodWhere(READS_THE_CLOCK)
          .orShould()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .dependOnClassesThat(are(nameMatching("java\\.time\\.(Clock|InstantSource)")))
          .orShould()
          .dependOnClassesThat(are(OLD_CLOCK));

  /** Measuring a duration with {@code System.nanoTime} is allowed. */
  static final ArchRule ONE_CLOCK_IS_PASSED_ON =
      noClasses()
          .that()
          .resideInAnyPackage(KERNEL, AWS, FUNCTIONS)
          .should()
          .callMethodWhere(READS_THE_CLOCK.or(CREATES_CLOCK_OUTSIDE_WIRING))
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

  /** A reader over a text in memory is allowed. */
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

  /** Each package of the kernel sees only those before it. */
  static final ArchRule KERNEL_LAYERS =
      layers(
          "kernel",
          "internal",
          "metadata",
          "store",
          "decider",
          "command",
          "subscription",
          "projection",
          "process",
          "feed",
          "reconcile",
          "lease",
          "memory");

  /** Each package of the AWS adapters sees only those before it. */
  static final ArchRule AWS_LAYERS =
      layers(
          "aws",
          "json",
          "log",
          "dynamodb",
          "dynamodb.events",
          "dynamodb.views",
          "dynamodb.feed",
          "dynamodb.scan",
          "sqs",
          "lambda",
          "http",
          "wiring");

  /**
   * The packages of a module from bottom to top, and no others.
   *
   * @param packages below the module's own package, each without its subpackages
   */
  private static ArchRule layers(String module, String... packages) {
    List<String> names =
        Stream.of(packages).map(layer -> "..%s.%s".formatted(module, layer)).toList();
    CompositeArchRule rule =
        CompositeArchRule.of(
            classes()
                .that()
                .resideInAPackage("..streamkeep.." + module + "..")
                .should()
                .resideInAnyPackage(names.toArray(String[]::new)));
    for (int i = 0; i < names.size() - 1; i++) {
      rule =
          rule.and(
              noClasses()
                  .that()
                  .resideInAPackage(names.get(i))
                  .should()
                  .dependOnClassesThat()
                  .resideInAnyPackage(names.subList(i + 1, names.size()).toArray(String[]::new))
                  .allowEmptyShould(true));
    }
    return rule;
  }

  /** Without a tag, a test class runs in no profile but the default one. */
  static final ArchRule TESTS_ARE_TAGGED =
      classes()
          .that()
          .haveSimpleNameEndingWith("Test")
          .and()
          .areTopLevelClasses()
          .should(
              be(
                  describe(
                      "tagged as fast, slow, long or localstack",
                      type ->
                          type.isAnnotatedWith(Tag.class)
                              && Set.of("fast", "slow", "long", "localstack")
                                  .contains(type.getAnnotationOfType(Tag.class).value()))));

  static final ArchRule NO_CYCLES =
      slices().matching("io.streamkeep.(**)").should().beFreeOfCycles();

  private Rules() {}
}
