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

/** What the local cloud does not understand is refused with its place, never ignored. */
@Tag("fast")
class TemplateRefusalTest {
  private Path template;
  private String text;

  @BeforeEach
  void aTemplateThatIsUnderstood(@TempDir Path folder) throws IOException {
    Probes probes = new Probes(folder);
    template =
        probes.template(
            Probes.table(),
            Probes.queue("Queue", "VisibilityTimeout: 120"),
            probes.function(
                "Fn",
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
  void understandsTheTemplateItself() throws IOException {
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
        "VisibilityTimeout: 120 | VisibilityTimeout: !If [A, 1, 2] | !If",
        "VisibilityTimeout: 120 | VisibilityTimeout: !Join ['', [1]] | !Join",
        "VisibilityTimeout: 120 | VisibilityTimeout: {'Fn::If': [A, 1, 2]} | Fn::If",
        "VisibilityTimeout: 120 | VisibilityTimeout: !Ref Nobody | !Ref Nobody",
        "VisibilityTimeout: 120 | VisibilityTimeout: !GetAtt Table.Nothing | !GetAtt Table.Nothing",
        "VisibilityTimeout: 120 | VisibilityTimeout: !Sub '${Nobody}' | !Sub ${Nobody}",
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
        "Default: few | Description: few | Default is missing",
        "Type: String | Type: CommaDelimitedList | CommaDelimitedList is not supported",
        "!Equals [!Ref Many, many] | !And [!Ref Many, many] | this condition is not supported",
        "Runtime: java25 | Runtime: python3.13 | python3.13 is not supported",
        "CodeUri: probe.jar | CodeUri: other.jar | other.jar is not there",
        "CodeUri: probe.jar | ReservedConcurrentExecutions: 1 | ReservedConcurrentExecutions",
        "AWS::Serverless-2016-10-31 | AWS::LanguageExtensions | AWS::LanguageExtensions",
        "CodeUri: probe.jar | Policies: [AWSLambdaExecute] | Policies",
        "Role: !GetAtt FnRole.Arn | Role: !GetAtt Queue.Arn | not the ARN of a role",
        "Effect: Allow, Action: '*' | Effect: Deny, Action: '*' | Deny is not supported",
        "Effect: Allow, Action: '*' | Effect: Allow, NotAction: '*' | NotAction",
        "Resource: '*' | Resource: '*', Condition: {} | Condition",
        "Policies: | ManagedPolicyArns: | ManagedPolicyArns",
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
  void refusesToBringAFifoQueueToAFunction() throws IOException {
    Files.writeString(template, text.replace("VisibilityTimeout: 120", "FifoQueue: true"));
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> LocalCloud.of(template).start())
        .withMessageContaining("a FIFO queue is not supported here");
  }

  @Test
  void refusesAFunctionWithoutARole() throws IOException {
    Files.writeString(template, text.replaceFirst(" +Role: .*\n", ""));
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> LocalCloud.of(template).start())
        .withMessageContaining("Role is missing");
  }

  @Test
  void leavesOutWhatItsConditionLeavesOut() throws IOException {
    String table = "Type: AWS::DynamoDB::Table\n";
    Files.writeString(template, text.replace(table, table + "    Condition: HasMany\n"));
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.read(template))
        .withMessageContaining("this is not the stream of a table of the template");

    Files.writeString(template, text.replace(table, table + "    Condition: Nobody\n"));
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> Template.read(template))
        .withMessageContaining("there is no condition Nobody");
  }

  @Test
  void refusesWhatIsNoYaml() throws IOException {
    Files.writeString(template, text + "\n}");
    assertThatExceptionOfType(TemplateException.class)
        .isThrownBy(() -> LocalCloud.of(template).start())
        .withMessageContaining(template.toString());
  }
}
