package io.streamkeep.e2e.suites;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.localcloud.LocalCloud;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Behaviour that only the local cloud shows: gateway responses, signers, calls per command. */
public abstract class GatewaySuite {

  private final LocalCloud cloud;
  private final Api api;

  protected GatewaySuite(LocalCloud cloud) {
    this.cloud = cloud;
    this.api = new Api(cloud.apiUrl());
  }

  @Test
  void unknownRoute_isAnsweredLikeAnUnsignedRequest() {
    Response noRoute = api.get("/nothing/here");

    assertThat(noRoute.status()).isEqualTo(403);
    assertThat(noRoute.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(noRoute.json().getString("detail"))
        .contains("not signed", "no such resource", "does not take this method");
    assertThat(noRoute.json().getString("instance")).startsWith("urn:request:");
  }

  @Test
  void signer_isStoredAsActor() {
    Response signed = place(Api.key(), "anna");
    Response unsigned = api.post("/orders", Api.order("actor", Api.LINE));

    assertThat(history(signed).getString("actor")).isEqualTo("arn:aws:iam::000000000000:user/anna");
    assertThat(history(unsigned)).doesNotContainKey("actor");
  }

  private Response place(String key, String signer) {
    return api.post(
        "/orders", key, Api.order("actor", Api.LINE), "Authorization", Api.signedBy(signer));
  }

  private JsonObject history(Response placed) {
    return api.get("/orders/" + placed.id() + "/events").array().getJsonObject(0);
  }

  @Test
  void idempotencyKey_isScopedToCaller_whenPlacing() {
    String key = Api.key();
    Response annas = place(key, "anna");
    Response bens = place(key, "ben");

    assertThat(bens.status()).isEqualTo(201);
    assertThat(bens.id()).isNotEqualTo(annas.id());
    assertThat(place(key, "anna").text()).isEqualTo(annas.text());
  }

  /** The second call is neither a repeat of the first nor a reused key. */
  @Test
  void idempotencyKey_isScopedToCaller_whenChangingOneOrder() {
    String path = "/orders/" + api.place("callers") + "/lines";
    String key = Api.key();
    String three = "{\"lines\":[" + String.join(",", Api.LINE, Api.LINE, Api.LINE) + "]}";
    String two = "{\"lines\":[" + String.join(",", Api.LINE, Api.LINE) + "]}";

    Response annas = api.put(path, key, three, "Authorization", Api.signedBy("anna"));
    Response bens = api.put(path, key, two, "Authorization", Api.signedBy("ben"));
    Response again = api.put(path, key, three, "Authorization", Api.signedBy("anna"));

    assertThat(bens.header("ETag")).isEqualTo("\"3\"");
    assertThat(again.text()).isEqualTo(annas.text());
  }

  /** The README quotes this id. */
  @Test
  void unsignedIdempotencyKey_determinesOrderId() {
    assertThat(api.post("/orders", "my-first-order", Api.order("14479", Api.LINE)).id())
        .isEqualTo("fe83d3da-a3e8-8b7f-804f-6a45f337fcbf");
  }

  /** Sequential requests reach one environment, which has cached the order that it placed. */
  @Test
  void cachedOrder_costsOnePutItem_andRejectionOneQuery() {
    cloud.function("CommandFunction").kill(); // leaves a single environment for what follows
    String path = "/orders/" + api.place("counted");
    cloud.calls().reset();

    api.post(path + "/confirmation", "");
    assertThat(cloud.calls().of("CommandFunction")).isEqualTo(Map.of("DynamoDB.PutItem", 1L));
    api.post(path + "/confirmation", "");

    assertThat(cloud.calls().of("CommandFunction"))
        .isEqualTo(Map.of("DynamoDB.PutItem", 1L, "DynamoDB.Query", 1L));
  }

  @Test
  void uncachedOrder_costsOneQueryAndOnePutItem() {
    String path = "/orders/" + api.place("counted");
    cloud.function("CommandFunction").kill();
    cloud.calls().reset();

    api.post(path + "/confirmation", "");

    assertThat(cloud.calls().of("CommandFunction"))
        .containsEntry("DynamoDB.PutItem", 1L)
        .containsKey("DynamoDB.Query");
  }
}
