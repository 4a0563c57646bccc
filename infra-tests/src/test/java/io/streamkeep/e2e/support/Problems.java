package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.e2e.support.Api.Response;
import jakarta.json.JsonObject;

/** Assertions on the {@code application/problem+json} responses of the functions. */
public final class Problems {

  private Problems() {}

  public static void assertProblem(Response response, int status, String code) {
    assertThat(response.status()).as(response.text()).isEqualTo(status);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    JsonObject problem = response.json();
    assertThat(problem.getInt("status")).isEqualTo(status);
    assertThat(problem.getString("code")).isEqualTo(code);
    assertThat(problem.getString("type")).isEqualTo("tag:streamkeep.io,2026:" + code);
    assertThat(problem).containsKeys("title", "detail", "instance");
  }

  /** Asserts a bad request whose first error is in this parameter or header. */
  public static void assertParameter(Response response, String parameter) {
    assertProblem(response, 400, "bad-input");
    assertThat(response.json().getJsonArray("errors").getJsonObject(0).getString("parameter"))
        .isEqualTo(parameter);
  }
}
