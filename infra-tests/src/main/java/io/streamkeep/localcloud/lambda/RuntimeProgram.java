package io.streamkeep.localcloud.lambda;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The program that an environment runs beside the function's jar: AWS's runtime client.
 *
 * @param classPath entries before the function's jar
 * @param fallback entries after the function's jar
 * @param command JVM options and the main class, whose only argument is the handler
 */
public record RuntimeProgram(List<Path> classPath, List<Path> fallback, List<String> command) {
  private static final List<Path> LIBRARIES =
      homes(RequestStreamHandler.class, LambdaEventSerializers.class, SdkInternalThreadLocal.class);
  private static final List<String> MAIN =
      List.of("-Dorg.crac.Core.Compat=" + Core.class.getPackageName(), AWSLambda.class.getName());

  /** The client as Lambda runs it, on Linux only: with its native library. */
  public static RuntimeProgram awsClient() {
    return new RuntimeProgram(
            Stream.concat(homes(AWSLambda.class).stream(), LIBRARIES.stream()).toList(),
            List.of(),
            MAIN)
        .options(
            List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                    + NativeLibrary.FILE));
  }

  /** The client with its native parts replaced by Java classes, for any system. */
  public static RuntimeProgram portableClient() {
    return new RuntimeProgram(homes(NativeClient.class, AWSLambda.class), LIBRARIES, MAIN);
  }

  /**
   * The client's native library. By itself the client would unpack it to one place in /tmp, which
   * is each environment's own on Lambda; here one would overwrite what another has loaded.
   */
  private static final class NativeLibrary {
    static final Path FILE = unpack();

    private static Path unpack() {
      boolean arm = System.getProperty("os.arch").equals("aarch64");
      boolean musl =
          Files.exists(Path.of("/lib/ld-musl-" + (arm ? "aarch64" : "x86_64") + ".so.1"));
      String name =
          "/jni/libaws-lambda-jni.linux%s-%s.so"
              .formatted(musl ? "_musl" : "", arm ? "aarch_64" : "x86_64");
      try (InputStream content = AWSLambda.class.getResourceAsStream(name)) {
        Path file = Files.createTempFile("streamkeep-runtime-client", ".so");
        file.toFile().deleteOnExit();
        Files.copy(Objects.requireNonNull(content, name), file, REPLACE_EXISTING);
        return file;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The program with one more jar at the end of its class path. */
  public RuntimeProgram with(Path jar) {
    return new RuntimeProgram(
        Stream.concat(classPath.stream(), Stream.of(jar)).toList(), fallback, command);
  }

  /** The program with additional JVM options. */
  public RuntimeProgram options(List<String> options) {
    return new RuntimeProgram(
        classPath, fallback, Stream.concat(options.stream(), command.stream()).toList());
  }

  private static List<Path> homes(Class<?>... types) {
    return Stream.of(types)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().toString())
        .map(location -> Path.of(URI.create(location)))
        .toList();
  }
}
