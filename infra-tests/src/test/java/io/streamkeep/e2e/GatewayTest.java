package io.streamkeep.e2e;

import io.streamkeep.e2e.Api.Answer;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import java.util.Map;
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
  void whoSignsARequestIsKeptWithWhatItDid() {
    Answer signed = place(Api.key(), "anna");
    Answer unsigned = api.post("/orders", Api.order("actor", Api.LINE));

    assertThat(history(signed).getString("actor")).isEqualTo("arn:aws:iam::000000000000:user/anna");
    assertThat(history(unsigned)).doesNotContainKey("actor");
  }

  private Answer place(String key, String signer) {
    return api.post(
        "/orders", key, Api.order("actor", Api.LINE), "Authorization", Api.signedBy(signer));
  }

  private JsonObject history(Answer placed) {
    return api.get("/orders/" + placed.id() + "/events").array().getJsonObject(0);
  }

  @Test
  void oneKeyOfTwoCallersMakesTwoOrders() {
    String key = Api.key();
    Answer annas = place(key, "anna");
    Answer bens = place(key, "ben");

    assertThat(bens.status()).isEqualTo(201);
    assertThat(bens.id()).isNotEqualTo(annas.id());
    assertThat(place(key, "anna").text()).isEqualTo(annas.text());
  }

  /** Neither answered as the other's repeat nor refused as a key that was used before. */
  @Test
  void oneKeyOfTwoCallersOnOneOrderIsTwoCommands() {
    String path = "/orders/" + api.place("callers") + "/lines";
    String key = Api.key();
    String three = "{\"lines\":[" + String.join(",", Api.LINE, Api.LINE, Api.LINE) + "]}";
    String two = "{\"lines\":[" + String.join(",", Api.LINE, Api.LINE) + "]}";

    Answer annas = api.put(path, key, three, "Authorization", Api.signedBy("anna"));
    Answer bens = api.put(path, key, two, "Authorization", Api.signedBy("ben"));
    Answer again = api.put(path, key, three, "Authorization", Api.signedBy("anna"));

    assertThat(bens.header("ETag")).isEqualTo("\"3\"");
    assertThat(again.text()).isEqualTo(annas.text());
  }

  /** As the README says it. */
  @Test
  void theKeyOfNobodyInParticularGivesTheOrdersId() {
    assertThat(api.post("/orders", "my-first-order", Api.order("14479", Api.LINE)).id())
        .isEqualTo("fe83d3da-a3e8-8b7f-804f-6a45f337fcbf");
  }

  /** One environment answers what comes one after the other; it had placed the order itself. */
  @Test
  void aCommandOnAWarmOrderCostsOnePutItemAndARejectionOneQuery() {
    String path = "/orders/" + api.place("counted");
    DEPLOYED.cloud().calls().reset();

    api.post(path + "/confirmation", "");
    assertThat(DEPLOYED.cloud().calls().of("CommandFunction"))
        .isEqualTo(Map.of("DynamoDB.PutItem", 1L));
    api.post(path + "/confirmation", "");

    assertThat(DEPLOYED.cloud().calls().of("CommandFunction"))
        .isEqualTo(Map.of("DynamoDB.PutItem", 1L, "DynamoDB.Query", 1L));
  }

  @Test
  void aCommandOnAnOrderThatIsNotWarmCostsOneQueryAndOnePutItem() {
    String path = "/orders/" + api.place("counted");
    DEPLOYED.cloud().function("CommandFunction").kill();
    DEPLOYED.cloud().calls().reset();

    api.post(path + "/confirmation", "");

    assertThat(DEPLOYED.cloud().calls().of("CommandFunction"))
        .containsEntry("DynamoDB.PutItem", 1L)
        .containsKey("DynamoDB.Query");
  }
}
