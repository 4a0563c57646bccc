package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.streamkeep.localcloud.lambda.InvocationResult;
import io.streamkeep.localcloud.lambda.LambdaFunction;
import io.streamkeep.localcloud.lambda.RuntimeProgram;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/** AWS's own runtime client, which exists for Linux only, gets along with the Runtime API. */
@EnabledOnOs(OS.LINUX)
class RealRuntimeClientTest {
  @Test
  void servesEventsAndErrors(@TempDir Path folder) throws Exception {
    Probes probes = new Probes(folder);
    List<Path> client =
        List.of(
            Probes.home(AWSLambda.class),
            Probes.home(RequestStreamHandler.class),
            Probes.home(LambdaEventSerializers.class),
            Probes.home(SdkInternalThreadLocal.class));
    RuntimeProgram program =
        new RuntimeProgram(client, List.of(AWSLambda.class.getName(), Probe.class.getName()));
    try (LocalCloud cloud =
        LocalCloud.of(probes.template(probes.function("Fn")))
            .runtime(program)
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
}
