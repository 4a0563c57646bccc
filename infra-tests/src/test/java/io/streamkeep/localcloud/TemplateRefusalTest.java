package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.streamkeep.localcloud.template.Template;
import io.streamkeep.localcloud.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Unsupported parts of a template are refused with their file and line. */
@Tag("fast")
class TemplateRefusalTest {
  private Path template;
  private String text;

  @BeforeEach
  void supportedTemplate(@TempDir Path folder) throws IOException {
    Probes probes = new Probes(folder);
    template =
        probes.template(
            Probes.table(),
            Probes.queue("Queue", "VisibilityTimeout: 120"),
            probes.function(
                "Fn",
                "AutoPublishCodeSha256: !Ref Needed", // ignored
                "Events:",
                "  Changes:",
                "    Type: DynamoDB",
                "    Properties:",
                "      Stream: !GetAtt Table.StreamArn",
                "      StartingPosition: TRIM_HORIZON",
                "      DestinationConfig: {OnFailure: {Destination: !GetAtt Queue.Arn}}",
                "  Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}",
                "EventInvokeConfig: {MaximumRetryAttempts: 0}"));
    text = Files.readString(template);
  }

  @Test
  void readsSupportedTemplate() throws IOException {
    Template read = Template.read(template);
    assertThat(read.functions()).hasSize(1);
    assertThat(read.tables()).hasSize(1);
    assertThat(read.queues()).hasSize(1);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "Type: AWS::SQS::Queue | Type: AWS::SQS::QueuePolicy | AWS::SQS::QueuePolicy",
        "VisibilityTimeout: 120 | DelaySeconds: 5 | DelaySeconds",
        "VisibilityTimeout: 120 | ContentBasedDeduplication: true | ContentBasedDeduplication",
        "VisibilityTimeout: 120 | MessageRetentionPeriod: 60 | 60 is not supported",
        "VisibilityTimeout: 120 | VisibilityTimeout: !If [A, 1, 2] | Fn::If",
        "VisibilityTimeout: 120 | VisibilityTimeout: !Join ['', [1]] | Fn::Join",
        "VisibilityTimeout: 120 | VisibilityTimeout: {'Fn::If': [A, 1, 2]} | Fn::If",
        "VisibilityTimeout: 120 | VisibilityTimeout: !Ref Nobody | Ref Nobody",
        "VisibilityTimeout: 120 | VisibilityTimeout: !GetAtt Table.Nothing | Fn::GetAtt"
            + " Table.Nothing",
        "VisibilityTimeout: 120 | VisibilityTimeout: !Sub '${Nobody}' | Fn::Sub ${Nobody}",
        "VisibilityTimeout: 120 | VisibilityTimeout: soon | soon is not a number",
        "StreamViewType: NEW_IMAGE | StreamViewType: KEYS_ONLY | KEYS_ONLY is not supported",
        "BillingMode: PAY_PER_REQUEST | BillingMode: PROVISIONED | PROVISIONED is not supported",
        "StartingPosition: TRIM_HORIZON | StartingPosition: LATEST | LATEST is not supported",
        "StartingPosition: TRIM_HORIZON | ParallelizationFactor: 2 | ParallelizationFactor",
        "Type: DynamoDB | Type: Kinesis | Kinesis is not supported",
        "rate(1 minute) | cron(0 12 * * ? *) | cron(0 12 * * ? *) is not supported",
        "rate(1 minute) | rate(1 minutes) | rate(1 minutes) is not supported",
        "rate(1 minute) | rate(5 minute) | rate(5 minute) is not supported",
        "Schedule: rate | Enabled: false, Schedule: rate | Enabled",
        "MaximumRetryAttempts: 0 | MaximumRetryAttempts: 2 | 2 is not supported",
        "MaximumRetryAttempts: 0 | MaximumEventAgeInSeconds: 60 | MaximumEventAgeInSeconds",
        "CodeUri: probe.jar | 'SnapStart: {ApplyOn: PublishedVersions}\n      CodeUri: probe.jar' |"
            + " AutoPublishAlias is missing",
        "CodeUri: probe.jar | Tracing: Sometimes | Sometimes is not supported",
        "CodeUri: probe.jar | 'LoggingConfig: {LogFormat: XML}\n      CodeUri: probe.jar' |"
            + " XML is not supported",
        "VisibilityTimeout: 120 | VisibilityTimeout: !Ref Needed | Ref Needed",
        "Type: String | Type: CommaDelimitedList | CommaDelimitedList is not supported",
        "Type: AWS::DynamoDB::Table | 'Condition: HasMany\n"
            + "    Type: AWS::DynamoDB::Table' | Condition",
        "Runtime: java25 | Runtime: python3.13 | python3.13 is not supported",
        "CodeUri: probe.jar | CodeUri: other.jar | other.jar is not there",
        "CodeUri: probe.jar | ProvisionedConcurrencyConfig: {} | ProvisionedConcurrencyConfig",
        "AWS::Serverless-2016-10-31 | AWS::LanguageExtensions | AWS::LanguageExtensions",
        "CodeUri: probe.jar | Policies: [AWSLambdaExecute] | Policies",
        "Role: !GetAtt FnRole.Arn | Role: !GetAtt Queue.Arn | not the ARN of a role",
        "Effect: Allow, Action: '*' | Effect: Deny, Action: '*' | Deny is not supported",
        "Effect: Allow, Action: '*' | Effect: Allow, NotAction: '*' | NotAction",
        "Resource: '*' | Resource: '*', Condition: {} | Condition",
        "Policies: | ManagedPolicyArns: | ManagedPolicyArns",
        "VisibilityTimeout: 120 | Fn::ForEach::Timeout: [Name, [VisibilityTimeout]] | Fn::ForEach",
        "VisibilityTimeout: 120 | Fn::ForEach::Timeout: [Name, [VisibilityTimeout], {'${Name}': 1}]"
            + " | AWS::LanguageExtensions",
        "{StreamViewType: NEW_IMAGE} | {'Fn::Transform': {Name: AWS::Include, Parameters:"
            + " {Location: x}}} | there is no file",
        "{StreamViewType: NEW_IMAGE} | {'Fn::Transform': {Name: Own}} | the macro Own is not"
            + " supported",
      })
  void refuses(String known, String unknown, String named) throws IOException {
    assertThat(text).contains(known);
    int line = text.substring(0, text.indexOf(known)).split("\n", -1).length;
    Files.writeString(template, text.replace(known, unknown));

    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> LocalCloud.of(template).start())
        .withMessageContaining(template + ":" + line + ":")
        .withMessageContaining(named);
  }

  @Test
  void loopsRepeatTheirBodyForEachValue() throws IOException {
    String loop =
        """
          Fn::ForEach::Queues:
            - Name
            - [First, Second]
            - ${Name}Queue:
                Type: AWS::SQS::Queue
                Properties:
                  RedrivePolicy:
                    deadLetterTargetArn: !GetAtt [!Sub "${Name}Lost", Arn]
                    maxReceiveCount: 1
              ${Name}Lost: {Type: AWS::SQS::Queue, Properties: {}}
        """;
    Files.writeString(
        template,
        text.replace(
                "AWS::Serverless-2016-10-31",
                "[AWS::LanguageExtensions, AWS::Serverless-2016-10-31]")
            + loop);

    assertThat(Template.read(template).queues())
        .extracting(queue -> queue.id() + " " + queue.deadLetters().orElse("none"))
        .contains(
            "FirstQueue arn:aws:sqs:us-east-1:000000000000:streamkeep-FirstLost",
            "SecondQueue arn:aws:sqs:us-east-1:000000000000:streamkeep-SecondLost",
            "SecondLost none");
  }

  @Test
  void refusalInAnIncludedFileNamesThatFile() throws IOException {
    Path included = template.resolveSibling("queue.yaml");
    Files.writeString(
        template,
        text.replace(
                "SqsManagedSseEnabled: true\n    ",
                "Fn::Transform: {Name: AWS::Include, Parameters: {Location: queue.yaml}}\n")
            .replace("    VisibilityTimeout: 120\n", ""));

    Files.writeString(included, "FifoQueue: false\nDelaySeconds: 5\n");
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.read(template))
        .withMessageContaining(included + ":2: DelaySeconds");

    Files.writeString(included, "\n\nVisibilityTimeout: !Ref Many\n");
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.read(template))
        .withMessageContaining(included + ":3: ")
        .withMessageContaining("!Ref");
  }

  @Test
  void ignoresListedPropertiesAndTypes() throws IOException {
    Files.writeString(
        template,
        text.replace("VisibilityTimeout: 120", "SqsManagedSseEnabled: !If [Encrypted, true, false]")
                .replace("SqsManagedSseEnabled: true\n", "")
            + "  Alarm: {Type: AWS::CloudWatch::Alarm, Properties: {MetricName: !Join ['',"
            + " [a]]}}\n");

    assertThat(Template.read(template)).isNotNull();
  }

  @Test
  void refusesFifoQueueAsDestination() throws IOException {
    Files.writeString(template, text.replace("VisibilityTimeout: 120", "FifoQueue: true"));
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> LocalCloud.of(template).start())
        .withMessageContaining("a FIFO queue is not supported here");
  }

  @Test
  void refusesFunctionWithoutRole() throws IOException {
    Files.writeString(template, text.replaceFirst(" +Role: .*\n", ""));
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> LocalCloud.of(template).start())
        .withMessageContaining("Role is missing");
  }

  @Test
  void refusesInvalidYaml() throws IOException {
    Files.writeString(template, text + "\n}");
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> LocalCloud.of(template).start())
        .withMessageContaining(template.toString());
  }
}
