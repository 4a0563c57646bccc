package io.streamkeep.localcloud.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A REST API.
 *
 * @param responses the gateway's own answers by type, for example DEFAULT_4XX
 */
public record ApiSpec(String stage, List<Route> routes, Map<String, Response> responses) {
  private static final Pattern INTEGRATION =
      Pattern.compile(
          "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
              + "arn:aws:lambda:us-east-1:[0-9]+:function:streamkeep-([A-Za-z0-9]+)(?::[A-Za-z0-9]+)?/invocations");

  /**
   * A method of a path, for example /orders/{id}, and the logical id of its function.
   *
   * @param method in upper case
   */
  public record Route(String method, String path, String function) {}

  /**
   * A response that the gateway itself generates.
   *
   * @param template the body with $context variables
   */
  public record Response(
      Optional<Integer> status, Map<String, String> headers, Optional<String> template) {}

  /** Reads AWS::Serverless::Api, whose operations are all proxies to functions. */
  static ApiSpec read(Resource api) {
    JsonNode document = api.properties().path("DefinitionBody");
    List<Route> routes = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> routes.add(route(api, path.getKey(), method))));
    Map<String, Response> responses = new HashMap<>();
    document
        .path("x-amazon-apigateway-gateway-responses")
        .properties()
        .forEach(type -> responses.put(type.getKey(), response(type.getValue())));
    return new ApiSpec(
        api.properties().path("StageName").asText(), List.copyOf(routes), Map.copyOf(responses));
  }

  private static Route route(Resource api, String path, String method) {
    String uri =
        "/DefinitionBody/paths/%s/%s/x-amazon-apigateway-integration/uri"
            .formatted(path.replace("/", "~1"), method);
    Matcher integration = INTEGRATION.matcher(api.properties().at(uri).asText());
    if (!integration.matches()) {
      throw api.refuse(uri, "this does not invoke a function of the template");
    }
    return new Route(method.toUpperCase(Locale.ROOT), path, integration.group(1));
  }

  private static Response response(JsonNode response) {
    Map<String, String> headers = new HashMap<>();
    response
        .path("responseParameters")
        .properties()
        .forEach(
            parameter ->
                headers.put(
                    parameter.getKey().substring("gatewayresponse.header.".length()),
                    parameter.getValue().asText().replace("'", "")));
    return new Response(
        Optional.of(response.path("statusCode")).filter(JsonNode::isInt).map(JsonNode::asInt),
        Map.copyOf(headers),
        Optional.ofNullable(response.at("/responseTemplates/application~1json").textValue()));
  }
}
