package io.streamkeep.e2e.suites;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.streamkeep.e2e.support.Api;
import io.streamkeep.e2e.support.Api.Response;
import io.streamkeep.e2e.support.Backend;
import io.streamkeep.e2e.support.Problems;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Invalid requests and the location of the error in the response. */
public abstract class BadInputSuite {

  private static final int MAX_BODY = 224 * 1024;

  private final Api api;

  protected BadInputSuite(Backend backend) {
    this.api = Api.of(backend);
  }

  @Test
  void invalidBody_isRejectedWithPointerToEveryError() {
    Response response =
        api.post(
            "/orders",
            "{\"customer\":7,\"lines\":[{\"sku\":\"\",\"description\":\"\",\"quantity\":0,"
                + "\"unitPrice\":1.5,\"more\":1}],\"a/b\":1}");

    Problems.assertProblem(response, 400, "bad-input");
    assertThat(response.json().getJsonArray("errors"))
        .extracting(error -> error.asJsonObject().getString("pointer"))
        .containsExactlyInAnyOrder(
            "/customer",
            "/currency",
            "/lines/0/sku",
            "/lines/0/quantity",
            "/lines/0/unitPrice",
            "/lines/0/more",
            "/a~1b");
  }

  @Test
  void bodyThatIsNotStrictJson_isRejected() {
    String good = Api.order("x", Api.LINE);
    for (String bad :
        List.of(
            "",
            "{",
            good + "x",
            "[" + good + "]",
            good.replaceFirst("\\{", "{\"currency\":\"GBP\","),
            good.replace("22084", "\\ud800"),
            "{\"lines\":" + "[".repeat(50_000))) {
      Problems.assertProblem(api.post("/orders", bad), 400, "bad-input");
    }
    byte[] latin = good.replace("PAPER", "P\u00c4PER").getBytes(ISO_8859_1);
    Problems.assertProblem(api.send("POST", "/orders", Api.key(), latin), 400, "bad-input");
  }

  @Test
  void oversizedOrder_isRejected() {
    String line = Api.LINE;
    assertThat(api.post("/orders", Api.order("x", many(line, 1000))).status()).isEqualTo(201);
    Problems.assertProblem(api.post("/orders", Api.order("x", many(line, 1001))), 400, "bad-input");
    String padded = Api.order("x", line) + " ".repeat(MAX_BODY);
    Problems.assertProblem(api.post("/orders", padded), 413, "body-too-large");
    String fits = padded.substring(0, MAX_BODY);
    assertThat(api.post("/orders", fits).status()).isEqualTo(201);
    assertThat(api.post("/orders", " ".repeat(11_000_000)).status()).isEqualTo(413);
  }

  @Test
  void largestOrder_fitsItsItem() {
    String body = Api.largestOrder("large");
    assertThat(body.length()).isBetween(MAX_BODY - 5_000, MAX_BODY);

    Response placed = api.post("/orders", body);

    assertThat(placed.status()).isEqualTo(201);
    await().until(() -> api.get("/orders/" + placed.id()).status() == 200);
    assertThat(api.get("/orders/" + placed.id()).text()).isEqualTo(placed.text());
  }

  private static String[] many(String line, int times) {
    return Collections.nCopies(times, line).toArray(String[]::new);
  }

  @Test
  void invalidCustomerId_isRejected() {
    for (String id : List.of("a%20b", "%25", "x".repeat(65), "x".repeat(3000))) {
      Problems.assertParameter(api.get("/customers/" + id + "/orders"), "id");
    }
  }
}
