package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values of Ref, Fn::GetAtt and Fn::Sub in the local cloud. */
final class Intrinsics {
  /** Stands in queue URLs for the address of SQS, which is known only when it runs. */
  static final String SQS = "http://sqs.local";

  private static final String ALIAS = "AWS::Lambda::Alias";
  private static final String FIFO = "AWS::SQS::Queue.fifo";
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private final TemplateDocument document;

  /** By logical id; FIFO queues and the aliases that SAM adds have separate types. */
  private final Map<String, String> types = new HashMap<>();

  Intrinsics(TemplateDocument document) {
    this.document = document;
    document
        .root()
        .path("Resources")
        .properties()
        .forEach(resource -> addType(resource.getKey(), resource.getValue()));
  }

  private void addType(String id, JsonNode resource) {
    JsonNode properties = resource.path("Properties");
    types.put(
        id,
        properties.path("FifoQueue").asText().equals("true")
            ? FIFO
            : resource.path("Type").asText());
    String alias =
        properties
            .path("AutoPublishAlias")
            .asText(document.root().at(Template.GLOBALS).path("AutoPublishAlias").asText());
    if (resource.path("Type").asText().equals("AWS::Serverless::Function") && !alias.isEmpty()) {
      types.put(id + "Alias" + alias, ALIAS);
    }
  }

  /** A part of the template with its functions evaluated and its numbers and booleans typed. */
  JsonNode resolve(JsonPointer at) {
    return resolve(document.root().at(at), at);
  }

  private JsonNode resolve(JsonNode node, JsonPointer at) {
    if (node instanceof ArrayNode items) {
      ArrayNode resolved = JSON.arrayNode();
      items.forEach(item -> resolved.add(resolve(item, at.appendIndex(resolved.size()))));
      return resolved;
    }
    if (!(node instanceof ObjectNode object)) {
      return node.isMissingNode() ? JSON.objectNode() : scalar(node.asText());
    }
    ObjectNode resolved = JSON.objectNode();
    for (Map.Entry<String, JsonNode> entry : object.properties()) {
      String name = entry.getKey();
      if (name.equals("Ref") || name.startsWith("Fn::")) {
        return scalar(value(name, entry.getValue(), at.appendProperty(name)));
      }
      resolved.set(name, resolve(entry.getValue(), at.appendProperty(name)));
    }
    return resolved;
  }

  private static JsonNode scalar(String text) {
    if (text.matches("-?(0|[1-9][0-9]{0,8})")) {
      return JSON.numberNode(Integer.parseInt(text));
    }
    return text.equals("true") || text.equals("false")
        ? JSON.booleanNode(Boolean.parseBoolean(text))
        : JSON.textNode(text);
  }

  private String value(String name, JsonNode argument, JsonPointer at) {
    if (!argument.isTextual()) {
      throw document.refuse(at, "the function " + name + " is not supported in this form");
    }
    String text = argument.asText();
    Optional<String> value =
        switch (name) {
          case "Ref" -> reference(text);
          case "Fn::GetAtt" -> attribute(text);
          case "Fn::Sub" -> substitute(text);
          default -> throw document.refuse(at, "the function " + name + " is not supported");
        };
    return value.orElseThrow(
        () -> document.refuse(at, "%s %s: there is no such thing here".formatted(name, text)));
  }

  private Optional<String> substitute(String text) {
    Matcher variables = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (variables.find()) {
      String name = variables.group(1);
      Optional<String> value = name.contains(".") ? attribute(name) : reference(name);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      variables.appendReplacement(result, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(variables.appendTail(result).toString());
  }

  private Optional<String> reference(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "AWS::Region" -> PhysicalNames.REGION;
          case "AWS::AccountId" -> PhysicalNames.ACCOUNT;
          case "AWS::Partition" -> "aws";
          case "AWS::StackName" -> PhysicalNames.STACK;
          case "AWS::URLSuffix" -> "amazonaws.com";
          default ->
              switch (types.getOrDefault(name, "")) {
                case "" -> document.root().at("/Parameters/" + name).path("Default").textValue();
                case "AWS::SQS::Queue", FIFO ->
                    SQS + "/" + PhysicalNames.ACCOUNT + "/" + queue(name);
                case ALIAS -> alias(name);
                default -> PhysicalNames.physical(name);
              };
        });
  }

  private Optional<String> attribute(String path) {
    int dot = Math.max(0, path.indexOf('.'));
    String name = path.substring(0, dot);
    return Optional.ofNullable(
        switch (types.get(name) + path.substring(dot)) {
          case "AWS::DynamoDB::Table.Arn" -> PhysicalNames.tableArn(name);
          case "AWS::DynamoDB::Table.StreamArn" -> PhysicalNames.streamArn(name);
          case "AWS::SQS::Queue.Arn", FIFO + ".Arn" -> PhysicalNames.arn("sqs", queue(name));
          case "AWS::SQS::Queue.QueueName", FIFO + ".QueueName" -> queue(name);
          case "AWS::Serverless::Function.Arn" -> PhysicalNames.functionArn(name);
          case "AWS::IAM::Role.Arn" -> PhysicalNames.roleArn(name);
          case "AWS::Logs::LogGroup.Arn" ->
              PhysicalNames.arn("logs", "log-group:" + PhysicalNames.physical(name) + ":*");
          default -> null;
        });
  }

  private String queue(String name) {
    return FIFO.equals(types.get(name)) ? PhysicalNames.fifo(name) : PhysicalNames.physical(name);
  }

  /** {@code FnAliaslive} is the alias live of Fn. */
  private static String alias(String name) {
    int split = name.lastIndexOf("Alias");
    return PhysicalNames.functionArn(name.substring(0, split))
        + ":"
        + name.substring(split + "Alias".length());
  }
}
