package io.streamkeep.localcloud.lambda;

import io.streamkeep.localcloud.runtime.RuntimeLoop;
import io.streamkeep.localcloud.runtime.crac.Core;


import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The program that an environment runs beside the function's jar.
 *
 * @param command options of the VM, among them which hooks org.crac calls, and its main class; the
 *     handler is its only argument
 */
public record RuntimeProgram(List<Path> classPath, List<String> command) {
  private static final String HOOKS = "-Dorg.crac.Core.Compat=";

  /**
   * AWS's own runtime client, which exists for Linux only, with the options that Lambda gives it.
   */
  public static RuntimeProgram awsClient() {
    return new RuntimeProgram(
        Stream.of(
                AWSLambda.class,
                RequestStreamHandler.class,
                LambdaEventSerializers.class,
                SdkInternalThreadLocal.class)
            .map(RuntimeProgram::home)
            .toList(),
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dcom.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI="
                + NativeLibrary.FILE,
            HOOKS + com.amazonaws.services.lambda.crac.Core.class.getPackageName(),
            AWSLambda.class.getName()));
  }

  /**
   * The client's native part. By itself it would unpack that to one place in /tmp, which is each
   * environment's own on Lambda; here one would overwrite what another has loaded.
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

  /** The program with one more jar behind its own. */
  public RuntimeProgram with(Path jar) {
    return new RuntimeProgram(Stream.concat(classPath.stream(), Stream.of(jar)).toList(), command);
  }

  /** The program with further options of the VM. */
  public RuntimeProgram options(List<String> options) {
    return new RuntimeProgram(
        classPath, Stream.concat(options.stream(), command.stream()).toList());
  }

  /** The loop that comes with the local cloud, alone in a folder: its classes and no others. */
  public static RuntimeProgram loop(Path folder) throws IOException {
    String place = RuntimeLoop.class.getPackageName().replace('.', '/');
    Path target = Files.createDirectories(folder.resolve(place));
    Path home = home(RuntimeLoop.class);
    if (Files.isDirectory(home)) {
      copy(home.resolve(place), target);
    } else {
      try (FileSystem jar = FileSystems.newFileSystem(home)) {
        copy(jar.getPath(place), target);
      }
    }
    String hooks = HOOKS + Core.class.getPackageName();
    return new RuntimeProgram(List.of(folder), List.of(hooks, RuntimeLoop.class.getName()));
  }

  private static Path home(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = target.resolve(source.relativize(file).toString());
        Files.createDirectories(copy.resolveSibling(""));
        try (InputStream content = Files.newInputStream(file)) {
          Files.copy(content, copy);
        }
      }
    }
  }
}
