package io.streamkeep.e2e.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.streamkeep.e2e.support.Api.Response;
import java.io.IOException;

/** Validates JSON against schemas of the API document. */
public final class Schemas {

  private Schemas() {}

  public static JsonSchema validator(JsonNode schema) {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema);
  }

  public static void assertValid(JsonNode schema, Response answer) {
    assertThat(validator(schema).validate(json(answer.text()))).as(answer.text()).isEmpty();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
  }
}
