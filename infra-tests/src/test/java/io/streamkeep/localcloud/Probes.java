package io.streamkeep.localcloud;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.crac.Resource;

/** A folder with the probes' jar and template, their steps and the events that they got. */
final class Probes {
  private static final String HEADER =
      """
      AWSTemplateFormatVersion: "2010-09-09"
      Transform: AWS::Serverless-2016-10-31
      Parameters:
        Many: {Type: String, Default: few}
        Needed: {Type: String}
      Conditions:
        HasMany: !Equals [!Ref Many, many]
      Globals:
        Function: {Runtime: java25, Architectures: [arm64], MemorySize: 128, Timeout: 20}
      Resources:
      """;

  private static final String EVERYTHING = "{Effect: Allow, Action: '*', Resource: '*'}";

  private final Path folder;

  Probes(Path folder) throws IOException {
    this.folder = folder;
    try (OutputStream file = Files.newOutputStream(folder.resolve("probe.jar"));
        JarOutputStream jar = new JarOutputStream(file)) {
      for (Class<?> probe :
          List.of(
              Probe.class,
              BrokenProbe.class,
              PojoProbe.class,
              SnapProbe.class,
              SnapProbe.Hook.class)) {
        String name = probe.getName().replace('.', '/') + ".class";
        add(jar, name, home(probe).resolve(name));
      }
      addAll(jar, RequestStreamHandler.class, "/com");
      addAll(jar, Resource.class, "/org");
    }
  }

  private static void addAll(JarOutputStream jar, Class<?> of, String folder) throws IOException {
    try (FileSystem dependency = FileSystems.newFileSystem(home(of));
        Stream<Path> files = Files.walk(dependency.getPath(folder))) {
      for (Path entry : files.filter(Files::isRegularFile).toList()) {
        add(jar, entry.toString().substring(1), entry);
      }
    }
  }

  static Path home(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()));
  }

  private static void add(JarOutputStream jar, String name, Path file) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    Files.copy(file, jar);
    jar.closeEntry();
  }

  /** A template with these resources. */
  Path template(String... resources) throws IOException {
    String indented = String.join("\n", resources).indent(2);
    return Files.writeString(folder.resolve("template.yaml"), HEADER + indented);
  }

  /** The resources of a probe and its role; further properties are YAML at the probe's level. */
  String function(String id, String... properties) throws IOException {
    return function(id, Probe.class, properties);
  }

  String function(String id, Class<?> handler, String... properties) throws IOException {
    String more = String.join("\n", properties).indent(4);
    return """
    %s:
      Type: AWS::Serverless::Function
      Properties:
        CodeUri: probe.jar
        Handler: %s
        Role: !GetAtt %sRole.Arn
        Environment: {Variables: {PROBE: "%s", TABLE: streamkeep-Table}}
    %s%s\
    """
        .formatted(
            id,
            handler.getName(),
            id,
            Files.createDirectories(folder.resolve(id)),
            more,
            role(id + "Role"));
  }

  private static String role(String id) {
    return """
    %s:
      Type: AWS::IAM::Role
      Properties:
        AssumeRolePolicyDocument:
          Version: "2012-10-17"
          Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: sts:AssumeRole}]
        Policies: [{PolicyName: function, PolicyDocument: {Version: "2012-10-17", Statement: [%s]}}]
    """
        .formatted(id, EVERYTHING);
  }

  /** A function's resources with a role that allows only these actions on these resources. */
  static String restricted(String function, Map<String, String> resourcesByActions) {
    return function.replace(
        EVERYTHING,
        resourcesByActions.entrySet().stream()
            .map(
                grant ->
                    "{Effect: Allow, Action: %s, Resource: %s}"
                        .formatted(grant.getKey(), grant.getValue()))
            .collect(Collectors.joining(", ")));
  }

  static String table() {
    return """
    Table:
      Type: AWS::DynamoDB::Table
      Properties:
        BillingMode: PAY_PER_REQUEST
        AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
        KeySchema: [{AttributeName: id, KeyType: HASH}]
        StreamSpecification: {StreamViewType: NEW_IMAGE}
    """;
  }

  static String queue(String id, String... properties) {
    return "%s:\n  Type: AWS::SQS::Queue\n  Properties:\n    SqsManagedSseEnabled: true\n%s"
        .formatted(id, String.join("\n", properties).indent(4));
  }

  /** Sets what the probe does with its next events, in this order. */
  void steps(String function, String... steps) {
    try {
      for (int i = 0; i < steps.length; i++) {
        // a step appears whole or not at all
        Path next = Files.writeString(folder.resolve(function).resolve("next"), steps[i]);
        Files.move(next, next.resolveSibling("step" + (i + 1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The events that the probe got, oldest first. */
  List<String> events(String function) {
    Path file = folder.resolve(function).resolve("events");
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Forgets the events that the probe got, and its further steps. */
  void clear(String function) {
    try (Stream<Path> files = Files.list(folder.resolve(function))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, String> parse(String lines) {
    return lines
        .lines()
        .map(line -> line.split("=", 2))
        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
  }
}
