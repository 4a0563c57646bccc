package io.streamkeep.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.Api.Answer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What needs the local cloud: the gateway's own answers, and what a command costs. */
final class GatewayTest {

  @RegisterExtension static final Deployed DEPLOYED = new Deployed();

  private final Api api = DEPLOYED.api();

  @Test
  void aRouteThatThereIsNotIsNotFound() {
    Answer noRoute = api.get("/nothing/here");

    assertThat(noRoute.status()).isEqualTo(404);
    assertThat(noRoute.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @Test
  void aCommandOnAnOrderCostsOneQueryAndOnePutItem() {
    String path = "/orders/" + api.place("counted");
    DEPLOYED.cloud().calls().reset();

    api.post(path + "/confirmation", "");

    assertThat(DEPLOYED.cloud().calls().of("CommandFunction"))
        .containsOnlyKeys("DynamoDB.Query", "DynamoDB.PutItem")
        .containsValues(1L, 1L)
        .doesNotContainValue(2L);
  }
}
