package io.streamkeep.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What is started cold. */
enum Variant {
  EMPTY(
      "empty handler",
      "io.streamkeep.baseline.EmptyFunction",
      "infra-tests/baseline/target/original-baseline.jar"),
  SDK(
      "SDK client, one PutItem",
      "io.streamkeep.baseline.PutItemFunction",
      "infra-tests/baseline/target/baseline.jar"),
  COMMAND(
      "command, an order placed",
      "io.streamkeep.functions.command.CommandFunction",
      "functions/command/target/command.jar");

  final String title;
  private final String handler;
  private final String jar;

  Variant(String title, String handler, String jar) {
    this.title = title;
    this.handler = handler;
    this.jar = jar;
  }

  Path jar(Path root) {
    return root.resolve(jar).toAbsolutePath().normalize();
  }

  long jarBytes(Path root) {
    try {
      return Files.size(jar(root));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The function as a resource of a template. */
  String resource(Path root) {
    return """
      %s:
        Type: AWS::Serverless::Function
        Properties:
          CodeUri: "%s"
          Handler: %s
          Role: !GetAtt Role.Arn
          Environment: {Variables: {EVENTS_TABLE: !Ref EventsTable}}
    """
        .formatted(name(), jar(root), handler);
  }
}
