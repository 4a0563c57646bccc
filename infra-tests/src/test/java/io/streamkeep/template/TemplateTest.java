package io.streamkeep.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The template keeps every rule, and each rule is seen to fail on a template broken for it. */
@Tag("fast")
final class TemplateTest {

  static final Path FILE = Path.of("..", "template.yaml");

  private static final String NONE = "";

  private static String yaml() throws IOException {
    return Files.readString(FILE);
  }

  @ParameterizedTest
  @EnumSource
  void theTemplateKeeps(Rule rule) throws IOException {
    assertThat(rule.breaches(TemplateTree.of(yaml()))).isEmpty();
  }

  /** What is replaced, by what, and the resource that then breaks the rule. */
  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            Rule.STREAM_MAPPINGS_ANSWER_IN_PART,
            "BatchSize: 100\n            FunctionResponseTypes: [ReportBatchItemFailures]",
            "BatchSize: 100",
            "ProjectionFunction"),
        broken(
            Rule.STREAM_MAPPINGS_RETRY_A_WHILE,
            "MaximumRetryAttempts: 10",
            "MaximumRetryAttempts: -1",
            "ProjectionFunction"),
        broken(
            Rule.STREAM_MAPPINGS_RETRY_A_WHILE,
            "            MaximumRecordAgeInSeconds: 21600\n",
            NONE,
            "ProjectionFunction"),
        broken(
            Rule.STREAM_MAPPINGS_REPORT_WHAT_THEY_GIVE_UP,
            "                Destination: !GetAtt RedeliveryQueue.Arn",
            "                Type: SQS",
            "ProjectionFunction"),
        broken(
            Rule.QUEUE_MAPPINGS_ANSWER_IN_PART,
            "BatchSize: 10\n            FunctionResponseTypes: [ReportBatchItemFailures]",
            "BatchSize: 10",
            "RedeliveryFunction"),
        broken(
            Rule.QUEUES_ARE_ENCRYPTED,
            "SqsManagedSseEnabled: true\n      VisibilityTimeout",
            "VisibilityTimeout",
            "RedeliveryQueue"),
        broken(
            Rule.QUEUES_HAVE_DEAD_LETTERS_OR_HOLD_THEM,
            """
                  RedrivePolicy:
                    deadLetterTargetArn: !GetAtt DeadLetterQueue.Arn
                    maxReceiveCount: 5
            """,
            NONE,
            "RedeliveryQueue"),
        broken(
            Rule.QUEUES_HAVE_AN_ALARM,
            "{Name: QueueName, Value: !GetAtt DeadLetterQueue.QueueName}",
            "{Name: QueueName, Value: !GetAtt RedeliveryQueue.QueueName}",
            "DeadLetterQueue"),
        broken(
            Rule.MESSAGES_STAY_INVISIBLE_FOR_SIX_TIMEOUTS,
            "VisibilityTimeout: 120",
            "VisibilityTimeout: 119",
            "RedeliveryFunction"),
        broken(
            Rule.TABLES_CAN_BE_RECOVERED,
            "PointInTimeRecoveryEnabled: true}\n      SSESpecification: {SSEEnabled: true}\n\n  #",
            "PointInTimeRecoveryEnabled: false}\n      SSESpecification: {SSEEnabled: true}\n\n  #",
            "EventsTable"),
        broken(
            Rule.TABLES_CAN_BE_RECOVERED,
            "EventsTable:\n    Type: AWS::DynamoDB::Table\n    DeletionPolicy: Retain",
            "EventsTable:\n    Type: AWS::DynamoDB::Table",
            "EventsTable"),
        broken(
            Rule.TABLES_ARE_ENCRYPTED,
            "      SSESpecification: {SSEEnabled: true}\n\n  #",
            "\n  #",
            "EventsTable"),
        broken(
            Rule.TABLES_ARE_PROTECTED_BY_A_PARAMETER,
            "DeletionProtectionEnabled: !Ref DeletionProtection\n      AttributeDefinitions:\n"
                + "        - {AttributeName: stream, AttributeType: S}",
            "DeletionProtectionEnabled: true\n      AttributeDefinitions:\n"
                + "        - {AttributeName: stream, AttributeType: S}",
            "EventsTable"),
        broken(
            Rule.FUNCTIONS_END_BEFORE_THE_GATEWAY_GIVES_UP,
            "Handler: io.streamkeep.functions.query.QueryFunction",
            "Timeout: 29\n      Handler: io.streamkeep.functions.query.QueryFunction",
            "QueryFunction"),
        broken(
            Rule.FUNCTIONS_ARE_TRACED,
            "Handler: io.streamkeep.functions.query.QueryFunction",
            "Tracing: PassThrough\n      Handler: io.streamkeep.functions.query.QueryFunction",
            "QueryFunction"),
        broken(
            Rule.FUNCTIONS_LOG_FOR_A_WHILE,
            "  QueryLog:\n    Type: AWS::Logs::LogGroup\n    Properties:\n"
                + "      RetentionInDays: !Ref LogRetentionDays",
            "  QueryLog:\n    Type: AWS::Logs::LogGroup",
            "QueryFunction"),
        broken(Rule.FUNCTIONS_LOG_FOR_A_WHILE, "LogGroup: !Ref QueryLog", "x: y", "QueryFunction"),
        broken(
            Rule.FUNCTIONS_HAVE_ALARMS,
            "MetricName: IteratorAge",
            "MetricName: Age",
            "ProjectionFunction"),
        broken(
            Rule.FUNCTIONS_HAVE_ALARMS,
            "MetricName: Throttles\n      Dimensions:\n"
                + "        - {Name: FunctionName, Value: !Ref QueryFunction}",
            "MetricName: Throttles\n      Dimensions:\n"
                + "        - {Name: FunctionName, Value: !Ref CommandFunction}",
            "QueryFunction"),
        broken(
            Rule.LONG_RUNS_ARE_KNOWN_BEFORE_THE_TIMEOUT,
            "Handler: io.streamkeep.functions.query.QueryFunction",
            "Timeout: 16\n      Handler: io.streamkeep.functions.query.QueryFunction",
            "QueryFunction"),
        broken(
            Rule.ALARMS_TELL_SOMEBODY,
            "TreatMissingData: notBreaching\n      AlarmActions: [!Ref AlarmTopic]\n\n"
                + "  RedeliveryAgeAlarm",
            "TreatMissingData: notBreaching\n\n  RedeliveryAgeAlarm",
            "DeadLettersAlarm"),
        broken(
            Rule.FUNCTIONS_ARE_CALLED_BY_THEIR_ALIAS,
            "functions/${QueryFunctionAliaslive}/invocations",
            "functions/${QueryFunction.Arn}/invocations",
            "QueryFunction"),
        broken(
            Rule.FUNCTIONS_OF_THE_API_START_FROM_A_SNAPSHOT,
            "SnapStart: {ApplyOn: PublishedVersions}",
            "SnapStart: {ApplyOn: None}",
            "CommandFunction"),
        broken(
            Rule.THE_API_TAKES_SIGNED_REQUESTS_ONLY,
            "DefaultAuthorizer: AWS_IAM",
            "DefaultAuthorizer: NONE",
            "Api"),
        broken(
            Rule.THE_API_TAKES_SIGNED_REQUESTS_ONLY,
            "operationId: placeOrder",
            "operationId: placeOrder\n              security: []",
            "Api"),
        broken(
            Rule.NOBODY_ELSE_MAY_CALL_A_FUNCTION,
            "FunctionName: !Ref QueryFunctionAliaslive\n      Principal: apigateway.amazonaws.com",
            "FunctionName: !Ref QueryFunctionAliaslive\n      Principal: \"*\"",
            "ApiQueryPermission"),
        broken(
            Rule.NOTHING_IS_OPEN_TO_ALL,
            "Handler: io.streamkeep.functions.query.QueryFunction",
            "FunctionUrlConfig: {AuthType: NONE}\n"
                + "      Handler: io.streamkeep.functions.query.QueryFunction",
            "QueryFunction"),
        broken(
            Rule.NOTHING_IS_OPEN_TO_ALL,
            "Principal: {Service: lambda.amazonaws.com}",
            "Principal: {AWS: \"*\"}",
            "CommandRole"));
  }

  private static Arguments broken(Rule rule, String part, String otherwise, String breach) {
    return Arguments.of(rule, part, otherwise, breach);
  }

  @ParameterizedTest(name = "{0} {3}")
  @MethodSource("broken")
  void aBrokenTemplateBreaks(Rule rule, String part, String otherwise, String breach)
      throws IOException {
    assertThat(yaml()).contains(part);

    String other = yaml().replace(part, otherwise);

    assertThat(rule.breaches(TemplateTree.of(other))).contains(breach);
  }

  @Test
  void everyRuleIsSeenToFail() {
    Set<Object> seen = broken().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());
    assertThat(seen).containsExactlyInAnyOrder((Object[]) Rule.values());
  }
}
