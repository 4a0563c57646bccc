package io.streamkeep.aws.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds and reads JSON that is exchanged with AWS. */
public final class Json {

  private static final JsonProvider PROVIDER = JsonProvider.provider();

  private Json() {}

  public static JsonObjectBuilder object() {
    return PROVIDER.createObjectBuilder();
  }

  /** A builder with the members of another object; a member that is replaced keeps its place. */
  public static JsonObjectBuilder object(JsonObject members) {
    return PROVIDER.createObjectBuilder(members);
  }

  public static JsonArrayBuilder array() {
    return PROVIDER.createArrayBuilder();
  }

  public static JsonArray array(List<JsonObject> items) {
    return PROVIDER.createArrayBuilder(items).build();
  }

  public static JsonArray texts(List<String> items) {
    return PROVIDER.createArrayBuilder(items).build();
  }

  public static JsonObject read(InputStream input) {
    try (JsonReader reader = PROVIDER.createReader(input)) {
      return reader.readObject();
    }
  }

  public static JsonObject read(String text) {
    try (JsonReader reader = PROVIDER.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  public static void write(JsonObject json, OutputStream output) throws IOException {
    output.write(bytes(json));
  }

  public static byte[] bytes(JsonObject json) {
    return json.toString().getBytes(StandardCharsets.UTF_8);
  }
}
