package io.streamkeep.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The template obeys every rule, and each rule rejects a template that is broken for it. */
@Tag("fast")
final class TemplateTest {

  static final Path FILE = Path.of("..", "template.yaml");

  private static final String NONE = "";

  @ParameterizedTest
  @EnumSource
  void templateObeys(Rule rule) throws IOException {
    assertThat(rule.breaches(TemplateTree.of(FILE))).isEmpty();
  }

  /** A rule, the replaced part, its replacement and a resource that then breaks the rule. */
  static Stream<Arguments> broken() {
    return Stream.of(
        broken(
            Rule.STREAM_MAPPINGS_REPORT_BATCH_ITEM_FAILURES,
            "BatchSize: 100\n            FunctionResponseTypes: [ReportBatchItemFailures]",
            "BatchSize: 100",
            "ProjectionFunction"),
        broken(
            Rule.STREAM_MAPPINGS_DISCARD_WITHIN_THE_STREAMS_DAY,
            "MaximumRecordAgeInSeconds: 21600",
            "MaximumRecordAgeInSeconds: 86400",
            "ProjectionFunction"),
        broken(
            Rule.STREAM_MAPPINGS_DISCARD_WITHIN_THE_STREAMS_DAY,
            "            MaximumRecordAgeInSeconds: 21600 # without a limit of attempts\n",
            NONE,
            "ProjectionFunction"),
        broken(
            Rule.STREAM_MAPPINGS_HAVE_A_FAILURE_DESTINATION,
            "{Destination: !GetAtt DeadLetterQueue.Arn}",
            "{Type: SQS}",
            "ProjectionFunction"),
        broken(
            Rule.QUEUE_MAPPINGS_REPORT_BATCH_ITEM_FAILURES,
            "BatchSize: 10\n            FunctionResponseTypes: [ReportBatchItemFailures]",
            "BatchSize: 10",
            "RedeliveryFunction"),
        broken(
            Rule.QUEUE_MAPPINGS_LIMIT_THEIR_CONCURRENCY,
            "            ScalingConfig: {MaximumConcurrency: 5}",
            "            #",
            "RedeliveryFunction"),
        broken(
            Rule.QUEUES_ARE_ENCRYPTED,
            "SqsManagedSseEnabled: true\n      VisibilityTimeout",
            "VisibilityTimeout",
            "RedeliveryQueue"),
        broken(
            Rule.QUEUES_HAVE_OR_ARE_DEAD_LETTER_QUEUES,
            """
                  RedrivePolicy:
                    deadLetterTargetArn: !GetAtt DeadLetterQueue.Arn
                    maxReceiveCount: 10
            """,
            NONE,
            "RedeliveryQueue"),
        broken(
            Rule.QUEUES_HAVE_AN_ALARM,
            "!GetAtt DeadLetterQueue.QueueName}]",
            "!GetAtt RedeliveryQueue.QueueName}]",
            "DeadLetterQueue"),
        broken(
            Rule.AGE_ALARMS_ALLOW_FOR_ALL_RECEIVES,
            "maxReceiveCount: 10\n",
            "maxReceiveCount: 11\n",
            "RedeliveryQueue"),
        broken(
            Rule.VISIBILITY_TIMEOUTS_ARE_SIX_FUNCTION_TIMEOUTS,
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
            Rule.FUNCTIONS_TIME_OUT_BEFORE_THE_GATEWAY,
            "Handler: io.streamkeep.functions.query.QueryFunction",
            "Timeout: 29\n      Handler: io.streamkeep.functions.query.QueryFunction",
            "QueryFunction"),
        broken(
            Rule.FUNCTIONS_ARE_TRACED,
            "Handler: io.streamkeep.functions.query.QueryFunction",
            "Tracing: PassThrough\n      Handler: io.streamkeep.functions.query.QueryFunction",
            "QueryFunction"),
        broken(
            Rule.LOGS_HAVE_A_RETENTION,
            "          RetentionInDays: !Ref LogRetentionDays\n",
            NONE,
            "QueryFunction"),
        broken(Rule.LOGS_HAVE_A_RETENTION, "LogGroup: !Ref QueryLog", "x: y", "QueryFunction"),
        broken(
            Rule.FUNCTIONS_ARE_WATCHED,
            "MetricName: IteratorAge",
            "MetricName: Age",
            "ProjectionFunction"),
        broken(
            Rule.FUNCTIONS_ARE_WATCHED,
            "MetricName: ApproximateAgeOfOldestMessage",
            "MetricName: NumberOfMessagesSent",
            "RedeliveryFunction"),
        broken(
            Rule.FUNCTIONS_ARE_WATCHED,
            "MetricName: Invocations",
            "MetricName: Duration",
            "ReconcilerFunction"),
        broken(
            Rule.FUNCTIONS_ARE_WATCHED,
            "Value: !Ref QueryFunction}]",
            "Value: !Ref CommandFunction}]",
            "QueryFunction"),
        broken(
            Rule.LAG_AND_FAILED_REQUESTS_PAGE,
            "ALARM(\"${ApiErrorsAlarm.Arn}\") OR ",
            NONE,
            "ApiErrorsAlarm"),
        broken(
            Rule.ONLY_PAGES_NOTIFY,
            "      Threshold: 0\n",
            "      Threshold: 0\n      AlarmActions: [!Ref AlarmTopic]\n",
            "RepairedAlarm"),
        broken(
            Rule.ONLY_PAGES_NOTIFY, "      AlarmActions: [!Ref AlarmTopic]\n", NONE, "PageAlarm"),
        broken(Rule.PROD_NEEDS_AN_ADDRESS, "[!Ref Stage, prod]", "[!Ref Stage, dev]", "Rules"),
        broken(
            Rule.FUNCTIONS_ARE_INVOKED_BY_ALIAS,
            "functions/${QueryFunctionAliaslive}/invocations",
            "functions/${QueryFunction.Arn}/invocations",
            "QueryFunction"),
        broken(
            Rule.FUNCTIONS_ARE_PUBLISHED_BY_RELEASE,
            "query.jar\n      AutoPublishCodeSha256: !Ref ReleaseId\n",
            "query.jar\n",
            "QueryFunction"),
        broken(
            Rule.RELEASES_ARE_ROLLED_BACK_ON_ALARMS,
            "Alarms: [!Ref ApiErrorsAlarm, ",
            "Alarms: [!Ref NoAlarm, ",
            "QueryFunction"),
        broken(
            Rule.RELEASES_ARE_ROLLED_BACK_ON_ALARMS,
            "Handler: io.streamkeep.functions.query.QueryFunction",
            "DeploymentPreference: {Type: AllAtOnce}\n"
                + "      Handler: io.streamkeep.functions.query.QueryFunction",
            "QueryFunction"),
        broken(
            Rule.THE_API_IS_LOGGED_WITHOUT_PERSONAL_DATA,
            "$context.resourcePath",
            "$context.path",
            "Api"),
        broken(
            Rule.THE_API_IS_LOGGED_WITHOUT_PERSONAL_DATA,
            "\"bytes\":",
            "\"ip\":\"$context.identity.sourceIp\",\"bytes\":",
            "Api"),
        broken(
            Rule.THE_API_IS_LOGGED_WITHOUT_PERSONAL_DATA,
            "DestinationArn: !GetAtt ApiLog.Arn",
            "DestinationArn: !GetAtt AlarmTopic.Arn",
            "Api"),
        broken(
            Rule.THE_API_WAITS_FOR_THE_ACCOUNTS_LOG_ROLE,
            "    DependsOn: ApiAccount\n",
            NONE,
            "Api"),
        broken(
            Rule.API_FUNCTIONS_USE_SNAPSTART,
            "SnapStart: {ApplyOn: PublishedVersions}",
            "SnapStart: {ApplyOn: None}",
            "CommandFunction"),
        broken(
            Rule.THE_API_AND_ITS_HEAVY_ROUTES_ARE_THROTTLED,
            "ResourcePath: /~1feed, HttpMethod: GET, ThrottlingRateLimit",
            "ResourcePath: /~1feed, HttpMethod: GET, CacheTtlInSeconds",
            "Api"),
        broken(
            Rule.THE_API_AND_ITS_HEAVY_ROUTES_ARE_THROTTLED, "/~1sales", "/~1sales-totals", "Api"),
        broken(
            Rule.THE_API_REQUIRES_SIGNED_REQUESTS,
            "DefaultAuthorizer: AWS_IAM",
            "DefaultAuthorizer: NONE",
            "Api"),
        broken(
            Rule.THE_API_REQUIRES_SIGNED_REQUESTS,
            "operationId: placeOrder",
            "operationId: placeOrder\n      security: []",
            "Api"),
        broken(
            Rule.PERMISSIONS_NAME_A_SERVICE_AND_A_SOURCE,
            "Principal: apigateway.amazonaws.com",
            "Principal: \"*\"",
            "ApiQueryPermission"),
        broken(
            Rule.NOTHING_IS_PUBLIC,
            "Handler: io.streamkeep.functions.query.QueryFunction",
            "FunctionUrlConfig: {AuthType: NONE}\n"
                + "      Handler: io.streamkeep.functions.query.QueryFunction",
            "QueryFunction"),
        broken(
            Rule.NOTHING_IS_PUBLIC,
            "Principal: {Service: lambda.amazonaws.com}",
            "Principal: {AWS: \"*\"}",
            "CommandRole"));
  }

  private static Arguments broken(Rule rule, String part, String replacement, String breach) {
    return Arguments.of(rule, part, replacement, breach);
  }

  @ParameterizedTest(name = "{0} {3}")
  @MethodSource("broken")
  void ruleRejectsBrokenTemplate(
      Rule rule, String part, String replacement, String breach, @TempDir Path folder)
      throws IOException {
    Path broken = new BrokenTemplate(folder).with(part, replacement);

    assertThat(rule.breaches(TemplateTree.of(broken))).contains(breach);
  }

  @Test
  void everyRuleHasABrokenTemplate() {
    Set<Object> seen = broken().map(arguments -> arguments.get()[0]).collect(Collectors.toSet());
    assertThat(seen).containsExactlyInAnyOrder((Object[]) Rule.values());
  }
}
