package io.streamkeep.localcloud.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A response to a request, as a function's result describes it to API Gateway. */
record ProxyResponse(int status, List<Map.Entry<String, String>> headers, ByteBuffer body) {
  private static final JsonMapper RESULTS =
      JsonMapper.builder().disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT).build();

  /** Empty if malformed. */
  static Optional<ProxyResponse> parse(String result) {
    try {
      return Optional.ofNullable(RESULTS.readValue(result, Result.class)).map(Result::response);
    } catch (JsonProcessingException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** A function's result; it may have no other fields. */
  private record Result(
      int statusCode,
      @Nullable Map<String, JsonNode> headers,
      @Nullable Map<String, List<JsonNode>> multiValueHeaders,
      @Nullable JsonNode body,
      boolean isBase64Encoded) {

    ProxyResponse response() {
      require(statusCode >= 100 && statusCode <= 599);
      return new ProxyResponse(statusCode, allHeaders(), bytes());
    }

    private static void require(boolean condition) {
      if (!condition) {
        throw new IllegalArgumentException("malformed function result");
      }
    }

    private List<Map.Entry<String, String>> allHeaders() {
      List<Map.Entry<String, String>> all = new ArrayList<>();
      if (multiValueHeaders != null) {
        multiValueHeaders.forEach(
            (name, values) -> values.forEach(value -> all.add(header(name, value))));
      }
      if (headers != null) {
        headers.entrySet().stream()
            .map(header -> header(header.getKey(), header.getValue()))
            .filter(header -> !all.contains(header))
            .forEach(all::add);
      }
      return all;
    }

    private static Map.Entry<String, String> header(String name, JsonNode value) {
      require(value.isValueNode() && !value.isNull());
      return Map.entry(name, value.asText());
    }

    private ByteBuffer bytes() {
      if (body == null || body.isNull()) {
        return ByteBuffer.allocate(0);
      }
      require(body.isTextual());
      return isBase64Encoded
          ? ByteBuffer.wrap(Base64.getDecoder().decode(body.textValue()))
          : UTF_8.encode(body.textValue());
    }
  }
}
