package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** AWS's runtime client, with its native library for Linux, works with the Runtime API. */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class AwsRuntimeClientTest {
  @Test
  void eventsAndErrorsAreServed(@TempDir Path folder) throws Exception {
    Probes probes = new Probes(folder);
    try (LocalCloud cloud =
        LocalCloud.of(probes.template(probes.function("Fn")))
            .runtime(RuntimeProgram.awsClient())
            .log(System.out::println)
            .start()) {
      LambdaFunction function = cloud.function("Fn");
      String pid = function.invoke("do:pid", "Root=1-2-3").payload();
      assertThat(Long.valueOf(pid)).isIn(function.environments());
      assertThat(function.invoke("do:context", "Root=1-2-3").payload())
          .contains("function:streamkeep-Fn ");
      InvocationResult error = function.invoke("do:throw no luck", "Root=1-2-3");
      assertThat(error.failed()).isTrue();
      assertThat(error.payload()).contains("no luck", "java.lang.IllegalStateException");
      assertThat(function.invoke("do:pid", "Root=1-2-3").payload()).isEqualTo(pid);
    }
  }

  @Test
  void hooksRunAroundSnapshot(@TempDir Path folder) throws Exception {
    Probes probes = new Probes(folder);
    String function =
        probes.function(
            "Fn",
            SnapProbe.class,
            "AutoPublishAlias: live",
            "SnapStart: {ApplyOn: PublishedVersions}");
    try (LocalCloud cloud =
        LocalCloud.of(probes.template(function))
            .runtime(RuntimeProgram.awsClient())
            .log(System.out::println)
            .start()) {
      assertThat(cloud.function("Fn").invoke("{}", "Root=1-2-3").payload())
          .endsWith(" second-before,first-before,first-after,second-after,");
    }
  }
}
