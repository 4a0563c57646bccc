package io.streamkeep.localcloud.template;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What !Ref, !GetAtt and !Sub stand for locally; empty where a name or attribute is not known.
 *
 * @param types the resources' types by logical id
 * @param parameters the template's parameters, which have their defaults here
 * @param sqs the endpoint that queue URLs start with
 */
record References(Map<String, String> types, Map<String, String> parameters, String sqs) {
  /** Of what SAM makes of AutoPublishAlias, under the name that it gives it. */
  static final String ALIAS = "AWS::Lambda::Alias";

  /** Of a queue that is FIFO. */
  static final String FIFO = "AWS::SQS::Queue.fifo";

  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  Optional<String> ref(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "AWS::Region" -> Names.REGION;
          case "AWS::AccountId" -> Names.ACCOUNT;
          case "AWS::Partition" -> "aws";
          case "AWS::StackName" -> Names.STACK;
          case "AWS::URLSuffix" -> "amazonaws.com";
          default ->
              switch (types.getOrDefault(name, "")) {
                case "" -> parameters.get(name);
                case "AWS::SQS::Queue" -> sqs + "/" + Names.ACCOUNT + "/" + Names.physical(name);
                case FIFO -> sqs + "/" + Names.ACCOUNT + "/" + Names.fifo(name);
                case ALIAS -> alias(name);
                default -> Names.physical(name);
              };
        });
  }

  Optional<String> attribute(String nameAndAttribute) {
    int dot = nameAndAttribute.indexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    String name = nameAndAttribute.substring(0, dot);
    return Optional.ofNullable(
        switch (types.get(name) + nameAndAttribute.substring(dot)) {
          case "AWS::DynamoDB::Table.Arn" -> Names.tableArn(name);
          case "AWS::DynamoDB::Table.StreamArn" -> Names.streamArn(name);
          case "AWS::SQS::Queue.Arn" -> Names.queueArn(name);
          case "AWS::SQS::Queue.QueueName" -> Names.physical(name);
          case FIFO + ".Arn" -> Names.arn("sqs", Names.fifo(name));
          case FIFO + ".QueueName" -> Names.fifo(name);
          case "AWS::Serverless::Function.Arn" -> Names.functionArn(name);
          case "AWS::IAM::Role.Arn" -> Names.roleArn(name);
          case "AWS::Logs::LogGroup.Arn" ->
              Names.arn("logs", "log-group:" + Names.physical(name) + ":*");
          case "AWS::CloudWatch::Alarm.Arn" ->
              Names.arn("cloudwatch", "alarm:" + Names.physical(name));
          default -> null;
        });
  }

  static String aliasOf(String function, String alias) {
    return function + "Alias" + alias;
  }

  /** {@code FnAliaslive} is the ARN of the alias live of Fn. */
  private static String alias(String name) {
    int split = name.lastIndexOf("Alias");
    return Names.functionArn(name.substring(0, split))
        + ":"
        + name.substring(split + "Alias".length());
  }

  Optional<String> substitute(String text) {
    Matcher variables = VARIABLE.matcher(text);
    StringBuilder result = new StringBuilder();
    while (variables.find()) {
      String name = variables.group(1);
      Optional<String> value = name.contains(".") ? attribute(name) : ref(name);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      variables.appendReplacement(result, Matcher.quoteReplacement(value.get()));
    }
    return Optional.of(variables.appendTail(result).toString());
  }
}
