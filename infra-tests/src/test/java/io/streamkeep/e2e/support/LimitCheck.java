package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.json.JsonObject;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Checks that LocalStack still has a limit; once it has not, the limit goes and its test runs. */
public record LimitCheck(LocalStackBackend backend) {

  public void assertStillPresent(LocalStackLimit limit) {
    switch (limit) {
      case SIGNED_REQUESTS -> assertStatus("/customers/x/orders", 200);
      case PERMISSIONS -> assertUserWithoutPoliciesIsAllowed();
      case GATEWAY_RESPONSES ->
          assertThat(Api.of(backend).get("/nothing/here").text())
              .contains("Missing Authentication Token");
      case ACCESS_LOG -> assertThat(stage()).doesNotContainKey("accessLogSettings");
      case LOG_GROUPS -> assertLogsGoElsewhere();
      case LOG_RETENTION -> assertThat(logGroup("QueryLog")).doesNotContainKey("retentionInDays");
      case RECOVERY -> assertTablesHaveNoRecovery();
      case DELETION_PROTECTION ->
          assertThat(table().getBoolean("DeletionProtectionEnabled", false)).isFalse();
      case SNAP_START -> assertNoVersionHasSnapshot();
      case TRACES ->
          assertThatThrownBy(() -> aws("xray get-trace-summaries --start-time 0 --end-time 1"))
              .hasMessageContaining("not yet been emulated");
      case METRICS -> assertFewMetrics();
      case BISECT -> BisectProbe.assertNotBisected(backend);
    }
  }

  private JsonObject aws(String command) {
    return backend.localStack().aws(command).asJsonObject();
  }

  private void assertStatus(String unsigned, int status) {
    assertThat(Api.of(backend).get(unsigned).status()).isEqualTo(status);
  }

  private void assertUserWithoutPoliciesIsAllowed() {
    aws("iam create-user --user-name no-policies");
    JsonObject key =
        aws("iam create-access-key --user-name no-policies").getJsonObject("AccessKey");
    AwsBasicCredentials user =
        AwsBasicCredentials.create(key.getString("AccessKeyId"), key.getString("SecretAccessKey"));
    Api.of(backend).place("no-policies");
    try (DynamoDbClient client = backend.dynamoDbAs(user)) {
      assertThat(client.scan(s -> s.tableName(backend.tableName("EventsTable"))).items())
          .isNotEmpty();
    }
  }

  private void assertLogsGoElsewhere() {
    assertStatus("/customers/x/orders", 200);
    assertThat(logStreams(backend.physical("QueryLog"))).isEmpty();
    assertThat(logStreams("/aws/lambda/" + backend.physical("QueryFunction"))).isNotEmpty();
  }

  private List<JsonObject> logStreams(String group) {
    return aws("logs describe-log-streams --log-group-name " + group)
        .getJsonArray("logStreams")
        .getValuesAs(JsonObject.class);
  }

  private JsonObject logGroup(String logicalId) {
    return aws("logs describe-log-groups --log-group-name-prefix " + backend.physical(logicalId))
        .getJsonArray("logGroups")
        .getJsonObject(0);
  }

  private JsonObject stage() {
    return aws("apigateway get-stages --rest-api-id " + backend.physical("Api"))
        .getJsonArray("item")
        .getJsonObject(0);
  }

  private JsonObject table() {
    return aws("dynamodb describe-table --table-name " + backend.tableName("EventsTable"))
        .getJsonObject("Table");
  }

  private void assertTablesHaveNoRecovery() {
    JsonObject backups =
        aws("dynamodb describe-continuous-backups --table-name " + backend.tableName("EventsTable"))
            .getJsonObject("ContinuousBackupsDescription");
    assertThat(
            backups
                .getJsonObject("PointInTimeRecoveryDescription")
                .getString("PointInTimeRecoveryStatus"))
        .isEqualTo("DISABLED");
  }

  private void assertNoVersionHasSnapshot() {
    String function = backend.physical("CommandFunction");
    assertThat(
            aws("lambda list-versions-by-function --function-name " + function)
                .getJsonArray("Versions")
                .getValuesAs(JsonObject.class))
        .hasSizeGreaterThan(1)
        .extracting(version -> version.getJsonObject("SnapStart").getString("ApplyOn"))
        .containsOnly("None");
  }

  private void assertFewMetrics() {
    assertStatus("/customers/x/orders", 200);
    assertThat(
            aws("cloudwatch list-metrics --namespace AWS/Lambda")
                .getJsonArray("Metrics")
                .getValuesAs(JsonObject.class))
        .extracting(metric -> metric.getString("MetricName"))
        .contains("Invocations")
        .doesNotContain("Duration", "Throttles", "IteratorAge");
  }
}
