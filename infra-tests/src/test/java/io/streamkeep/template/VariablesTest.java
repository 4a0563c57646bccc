package io.streamkeep.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.Endpoints;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.Template;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each function reads exactly the variables that the template gives it: without any one of them it
 * does not start.
 */
@Tag("long")
final class VariablesTest {

  private static final Endpoints NOWHERE =
      new Endpoints("http://127.0.0.1:1", "http://127.0.0.1:1");

  @Test
  void functionsReadExactlyTheirVariables() throws Exception {
    assertThat(faults(Template.read(TemplateTest.FILE).functions())).isEmpty();
  }

  @Test
  void surplusAndMissingVariablesAreReported(@TempDir Path folder) throws Exception {
    String yaml = Files.readString(TemplateTest.FILE);
    Path root = TemplateTest.FILE.toAbsolutePath().normalize().resolveSibling("functions");
    String broken =
        yaml.replace(": functions/", ": " + root + "/")
            .replaceFirst( // the projection's, the first with such an event
                "REDELIVERY_QUEUE: !Ref RedeliveryQueue(\\s+Events:\\s+Commits)", "UNREAD: x$1");

    Path template = Files.writeString(folder.resolve("template.yaml"), broken);
    List<FunctionSpec> projection =
        Template.read(template).functions().stream()
            .filter(spec -> spec.id().equals("ProjectionFunction"))
            .toList();
    assertThat(faults(projection))
        .containsExactly(
            "ProjectionFunction reads REDELIVERY_QUEUE, which is missing",
            "ProjectionFunction does not read UNREAD");
  }

  /** Starts each function with all its variables, and once without each of them. */
  private static List<String> faults(List<FunctionSpec> specs) throws Exception {
    List<FunctionSpec> variants = new ArrayList<>(specs);
    specs.forEach(spec -> given(spec).forEach(name -> variants.add(without(spec, name))));
    Permissions permissions =
        new Permissions(variants.stream().map(FunctionSpec::principal).toList());
    try (Lambda lambda =
            new Lambda(
                variants,
                NOWHERE,
                permissions,
                Optional.of(RuntimeProgram.portableClient()), // no archive for a single start
                1,
                pid -> {},
                () -> Faults.NONE,
                line -> {});
        ExecutorService starts =
            Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      List<Callable<List<String>>> checks =
          specs.stream().<Callable<List<String>>>map(spec -> () -> faults(lambda, spec)).toList();
      List<String> faults = new ArrayList<>();
      for (Future<List<String>> check : starts.invokeAll(checks)) {
        faults.addAll(check.get());
      }
      return faults;
    }
  }

  private static List<String> faults(Lambda lambda, FunctionSpec spec) throws InterruptedException {
    List<String> faults = new ArrayList<>();
    Optional<String> missing = missing(lambda, spec.id());
    missing.ifPresent(name -> faults.add(spec.id() + " reads " + name + ", which is missing"));
    for (String name : given(spec)) {
      if (missing(lambda, without(spec, name).id()).equals(missing)) {
        faults.add(spec.id() + " does not read " + name);
      }
    }
    return faults;
  }

  private static List<String> given(FunctionSpec spec) {
    return spec.variables().at("").keySet().stream().sorted().toList();
  }

  /** The missing variable that keeps a function from starting. */
  private static Optional<String> missing(Lambda lambda, String id) throws InterruptedException {
    InvocationResult result = lambda.function(id).invoke("{}", "Root=1-00000000-0");
    String[] words = result.payload().split("The environment variable | is not set", 3);
    return words.length == 3 ? Optional.of(words[1]) : Optional.empty();
  }

  private static FunctionSpec without(FunctionSpec spec, String name) {
    return new FunctionSpec(
        spec.id() + "Without" + name.replace("_", ""),
        spec.runtime(),
        spec.code(),
        spec.handler(),
        spec.memory(),
        spec.timeout(),
        spec.alias(),
        false,
        spec.logging(),
        sqs -> {
          Map<String, String> variables = new HashMap<>(spec.variables().at(sqs));
          variables.remove(name);
          return variables;
        },
        spec.sources(),
        spec.role(),
        spec.tracing());
  }
}
