package io.streamkeep.e2e.support;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A function's packaged jar and the libraries in it. */
public record Artifact(Path jar) {

  private static final String CLASS = ".class";

  /** The artifacts of all functions of a checkout, by function name. */
  public static Map<String, Artifact> all(Path root) throws IOException {
    Map<String, Artifact> all = new HashMap<>();
    try (Stream<Path> folders = Files.list(root.resolve("functions"))) {
      for (Path folder : folders.filter(Files::isDirectory).toList()) {
        String function = folder.getFileName().toString();
        Path jar = folder.resolve("target").resolve(function + ".jar");
        all.put(function, new Artifact(jar.toAbsolutePath().normalize()));
      }
    }
    return all;
  }

  /** The third-party libraries in it. */
  public Set<String> libraries() throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return libraries(
          file.stream()
              .map(JarEntry::getName)
              .filter(name -> name.endsWith(CLASS))
              .map(name -> name.substring(0, name.length() - CLASS.length()).replace('/', '.')));
    }
  }

  /**
   * The libraries from which a VM loaded a class of this jar.
   *
   * @param log the class loading log of VMs ({@code -Xlog:class+load})
   */
  public Set<String> loaded(List<String> log) {
    String source = " source: " + jar.toUri().toString().replaceFirst("^file:/*", "file:/");
    return libraries(
        log.stream()
            .filter(line -> line.endsWith(source))
            .map(
                line ->
                    line.substring(
                        line.lastIndexOf(' ', line.length() - source.length() - 1) + 1,
                        line.length() - source.length())));
  }

  private static Set<String> libraries(Stream<String> classes) {
    return classes
        .filter(name -> !name.startsWith("io.streamkeep."))
        .map(Artifact::library)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The jar on the tests' class path that contains the class, or else the root of its package. */
  private static String library(String name) {
    URL found = Artifact.class.getClassLoader().getResource(name.replace('.', '/') + CLASS);
    if (found == null) {
      return name.substring(0, name.indexOf('.', name.indexOf('.') + 1));
    }
    String jar = URI.create(found.getPath().replaceFirst("!.*", "")).getPath();
    return jar.substring(jar.lastIndexOf('/') + 1);
  }
}
