package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * Whether LocalStack still can't do something; when it can, the limit goes and its test runs there.
 */
record LimitCheck(LocalStackBackend backend) {

  void assertStillThere(LocalStackLimit limit) {
    switch (limit) {
      case SIGNED_REQUESTS -> assertStatus("/customers/x/orders", 200);
      case PERMISSIONS -> assertAnybodyIsLetIn();
      case GATEWAY_RESPONSES -> assertStatus("/nothing/here", 403);
      case LOG_GROUPS ->
          assertThat(backend.localStack().container().getLogs())
              .contains("Advanced Lambda Logging Configuration is currently mocked");
      case BISECT -> BisectProbe.assertNotHalved(backend);
    }
  }

  private void assertStatus(String unsigned, int status) {
    assertThat(Api.of(backend).get(unsigned).status()).isEqualTo(status);
  }

  private void assertAnybodyIsLetIn() {
    try (DynamoDbClient nobody = backend.dynamoDbAs("nobody")) {
      String table = backend.tableName("EventsTable");
      assertThat(nobody.describeTable(d -> d.tableName(table)).table().tableName())
          .isEqualTo(table);
    }
  }
}
