package io.streamkeep.localcloud.template;

import io.streamkeep.localcloud.iam.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** What a SAM template asks for, as far as the local cloud understands it; the rest is refused. */
public record Template(
    List<TableSpec> tables,
    List<QueueSpec> queues,
    List<FunctionSpec> functions,
    @Nullable ApiSpec api) {

  private static final String[] TYPES = {
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::DynamoDB::Table",
    "AWS::IAM::Role",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SQS::Queue",
    "AWS::Serverless::Api",
    "AWS::Serverless::Function",
  };

  /** Throws a TemplateException at the first thing that is not understood. */
  public static Template read(Path file) throws IOException {
    Value bare = new Value(file, compose(file), new References(Map.of(), Map.of(), ""));
    Value root = bare.within(new References(types(bare), parameters(bare), "http://sqs"));
    root.entries().entrySet().stream()
        .filter(section -> !section.getKey().equals("Conditions"))
        .forEach(section -> section.getValue().check());
    return read(root);
  }

  /** The resources' types, and those of the aliases that SAM makes. */
  private static Map<String, String> types(Value bare) {
    Optional<Value> globals = bare.find("Globals").flatMap(all -> all.find("Function"));
    Map<String, String> types = new HashMap<>();
    bare.need("Resources")
        .entries()
        .forEach(
            (name, resource) -> {
              String type = resource.need("Type").oneOf(TYPES);
              types.put(name, type);
              if (type.equals("AWS::SQS::Queue")
                  && resource.find("Properties").filter(QueueReader::isFifo).isPresent()) {
                types.put(name, References.FIFO);
              }
              if (type.equals("AWS::Serverless::Function")) {
                resource
                    .find("Properties")
                    .flatMap(own -> own.find("AutoPublishAlias"))
                    .or(() -> globals.flatMap(all -> all.find("AutoPublishAlias")))
                    .map(alias -> References.aliasOf(name, alias.text()))
                    .ifPresent(alias -> types.put(alias, References.ALIAS));
              }
            });
    return types;
  }

  private static Map<String, String> parameters(Value bare) {
    Map<String, String> defaults = new HashMap<>();
    bare.find("Parameters")
        .map(Value::entries)
        .orElse(Map.of())
        .forEach(
            (name, parameter) -> {
              parameter.only(
                  "parameter",
                  "Type",
                  "Default",
                  "Description",
                  "AllowedPattern",
                  "AllowedValues",
                  "MinValue",
                  "MaxValue");
              parameter.need("Type").oneOf("String", "Number");
              defaults.put(name, parameter.need("Default").text());
            });
    return defaults;
  }

  private static Template read(Value root) {
    root.only(
        "template",
        "AWSTemplateFormatVersion",
        "Transform",
        "Description",
        "Parameters",
        "Conditions",
        "Globals",
        "Resources",
        "Outputs");
    root.need("AWSTemplateFormatVersion").oneOf("2010-09-09");
    root.need("Transform").oneOf("AWS::Serverless-2016-10-31");
    root.find("Outputs").map(Value::entries).orElse(Map.of()).values().stream()
        .forEach(output -> output.only("output", "Description", "Value"));
    root.find("Globals").ifPresent(globals -> globals.only("Globals", "Function"));
    Map<String, Boolean> conditions = new HashMap<>();
    root.find("Conditions")
        .map(Value::entries)
        .orElse(Map.of())
        .forEach((name, condition) -> conditions.put(name, condition.condition()));
    Map<String, Value> resources = new LinkedHashMap<>(root.need("Resources").entries());
    resources.values().removeIf(resource -> !wanted(resource, conditions));
    return resources(resources, root.find("Globals").flatMap(globals -> globals.find("Function")));
  }

  private static boolean wanted(Value resource, Map<String, Boolean> conditions) {
    return resource
        .find("Condition")
        .map(
            name ->
                Optional.ofNullable(conditions.get(name.text()))
                    .orElseThrow(() -> name.refuse("there is no condition " + name.text())))
        .orElse(true);
  }

  private static Template resources(Map<String, Value> resources, Optional<Value> globals) {
    List<TableSpec> tables = new ArrayList<>();
    List<QueueSpec> queues = new ArrayList<>();
    List<ApiSpec> apis = new ArrayList<>();
    Map<String, Role> roles = new HashMap<>();
    Map<String, Value> functions = new LinkedHashMap<>();
    resources.forEach(
        (name, resource) -> {
          Value properties = properties(resource);
          switch (resource.need("Type").text()) {
            case "AWS::DynamoDB::Table" -> tables.add(TableReader.read(name, properties));
            case "AWS::SQS::Queue" -> queues.add(QueueReader.read(name, properties));
            case "AWS::Serverless::Function" -> functions.put(name, properties);
            case "AWS::Serverless::Api" -> apis.add(ApiReader.read(properties));
            case "AWS::IAM::Role" ->
                roles.put(Names.roleArn(name), RoleReader.read(name, properties));
            case "AWS::Lambda::Permission" -> RestReader.permission(properties);
            case "AWS::CloudWatch::Alarm" -> RestReader.alarm(properties);
            case "AWS::CloudWatch::Dashboard" -> RestReader.dashboard(properties);
            case "AWS::SNS::Topic" -> RestReader.topic(properties);
            case "AWS::SNS::Subscription" -> RestReader.subscription(properties);
            default -> RestReader.logGroup(properties);
          }
          if (apis.size() > 1) {
            throw resource.refuse("a second API is not supported");
          }
        });
    FunctionReader reader = new FunctionReader(globals, tables, queues, roles);
    return new Template(
        List.copyOf(tables),
        List.copyOf(queues),
        functions.entrySet().stream()
            .map(function -> reader.read(function.getKey(), function.getValue()))
            .toList(),
        apis.isEmpty() ? null : apis.getFirst());
  }

  private static Value properties(Value resource) {
    resource.only(
        "resource",
        "Type",
        "Condition",
        "Properties",
        "Metadata",
        "DeletionPolicy",
        "UpdateReplacePolicy");
    resource.find("Metadata").ifPresent(metadata -> metadata.only("Metadata", "SkipBuild"));
    return resource.need("Properties");
  }

  private static Node compose(Path file) throws IOException {
    try {
      return new Compose(LoadSettings.builder().setLabel(file.toString()).build())
          .composeString(Files.readString(file))
          .orElseThrow(() -> new TemplateException(file, 1, "the template is empty"));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new TemplateException(file, line, e.getProblem());
    }
  }
}
