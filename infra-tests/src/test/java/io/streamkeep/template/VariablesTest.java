package io.streamkeep.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.lambda.Endpoints;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.Lambda;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each function reads exactly the variables that the template gives it: without any one of them it
 * does not start.
 */
@Tag("slow")
final class VariablesTest {

  private static final Endpoints NOWHERE =
      new Endpoints("http://127.0.0.1:1", "http://127.0.0.1:1");

  @Test
  void functionsReadExactlyTheirVariables() throws Exception {
    assertThat(faults(TemplateTest.FILE)).isEmpty();
  }

  @Test
  void surplusAndMissingVariablesAreReported(@TempDir Path folder) throws Exception {
    String yaml = Files.readString(TemplateTest.FILE);
    Path root = TemplateTest.FILE.toAbsolutePath().normalize().resolveSibling("functions");
    String broken =
        yaml.replace(": functions/", ": " + root + "/")
            .replaceFirst( // the projection's, the first with such an event
                "REDELIVERY_QUEUE: !Ref RedeliveryQueue(\\s+Events:\\s+Commits)", "UNREAD: x$1");

    assertThat(faults(Files.writeString(folder.resolve("template.yaml"), broken)))
        .containsExactly(
            "ProjectionFunction reads REDELIVERY_QUEUE, which is missing",
            "ProjectionFunction does not read UNREAD");
  }

  private static List<String> faults(Path template) throws IOException, InterruptedException {
    List<FunctionSpec> specs = Template.read(template).functions();
    List<FunctionSpec> variants = new ArrayList<>(specs);
    specs.forEach(spec -> given(spec).forEach(name -> variants.add(without(spec, name))));
    List<String> faults = new ArrayList<>();
    Permissions permissions =
        new Permissions(variants.stream().map(FunctionSpec::principal).toList());
    try (Lambda lambda =
        new Lambda(
            variants,
            NOWHERE,
            permissions,
            Optional.empty(),
            1,
            pid -> {},
            () -> Faults.NONE,
            line -> {})) {
      for (FunctionSpec spec : specs) {
        Optional<String> missing = missing(lambda, spec.id());
        missing.ifPresent(name -> faults.add(spec.id() + " reads " + name + ", which is missing"));
        for (String name : given(spec)) {
          Optional<String> missed = missing(lambda, without(spec, name).id());
          if (missed.equals(missing)) {
            faults.add(spec.id() + " does not read " + name);
          }
        }
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
