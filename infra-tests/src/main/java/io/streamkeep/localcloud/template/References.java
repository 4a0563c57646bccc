package io.streamkeep.localcloud.template;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What !Ref, !GetAtt and !Sub stand for locally; empty where a name or attribute is not known.
 *
 * @param types the resources' types by logical id
 * @param sqs the endpoint that queue URLs start with
 */
record References(Map<String, String> types, String sqs) {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");

  Optional<String> ref(String name) {
    return Optional.ofNullable(
        switch (name) {
          case "AWS::Region" -> Names.REGION;
          case "AWS::AccountId" -> Names.ACCOUNT;
          case "AWS::Partition" -> "aws";
          case "AWS::URLSuffix" -> "amazonaws.com";
          default ->
              switch (types.getOrDefault(name, "")) {
                case "" -> null;
                case "AWS::SQS::Queue" -> sqs + "/" + Names.ACCOUNT + "/" + Names.physical(name);
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
          case "AWS::Serverless::Function.Arn" -> Names.functionArn(name);
          case "AWS::IAM::Role.Arn" -> Names.roleArn(name);
          case "AWS::Logs::LogGroup.Arn" ->
              Names.arn("logs", "log-group:" + Names.physical(name) + ":*");
          default -> null;
        });
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
