package io.streamkeep.localcloud.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** AWS::Serverless::Api with an OpenAPI document, every operation a proxy to a function. */
final class ApiReader {
  private static final Pattern INTEGRATION =
      Pattern.compile(
          "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
              + "arn:aws:lambda:us-east-1:[0-9]+:function:streamkeep-([A-Za-z0-9]+)(?::[A-Za-z0-9]+)?/invocations");
  private static final Pattern CONTEXT = Pattern.compile("\\$[A-Za-z.]*");
  private static final List<String> CONTEXT_VARIABLES =
      List.of("$context.error.messageString", "$context.requestId");
  private static final String HEADER = "gatewayresponse.header.";

  private ApiReader() {}

  static ApiSpec read(Value api) {
    api.only(
        "API",
        "StageName",
        "TracingEnabled",
        "OpenApiVersion",
        "EndpointConfiguration",
        "Auth",
        "DefinitionBody");
    api.find("TracingEnabled").ifPresent(Value::flag);
    api.need("OpenApiVersion").oneOf("3.0.1");
    one(api.need("EndpointConfiguration"), "Type", "REGIONAL");
    one(api.need("Auth"), "DefaultAuthorizer", "AWS_IAM");
    Value document = api.need("DefinitionBody");
    document.only(
        "OpenAPI document",
        "openapi",
        "info",
        "paths",
        "components",
        "x-amazon-apigateway-binary-media-types",
        "x-amazon-apigateway-gateway-responses");
    document.need("openapi").oneOf("3.0.1");
    document.need("x-amazon-apigateway-binary-media-types").items().getFirst().oneOf("*/*");
    return new ApiSpec(
        api.need("StageName").text(),
        routes(document.need("paths")),
        document
            .find("x-amazon-apigateway-gateway-responses")
            .map(ApiReader::responses)
            .orElse(Map.of()));
  }

  private static void one(Value settings, String name, String value) {
    settings.only("API", name);
    settings.need(name).oneOf(value);
  }

  private static Map<String, ApiSpec.Response> responses(Value all) {
    Map<String, ApiSpec.Response> responses = new HashMap<>();
    all.only("gateway responses", "MISSING_AUTHENTICATION_TOKEN", "DEFAULT_4XX", "DEFAULT_5XX")
        .forEach((type, response) -> responses.put(type, response(response)));
    return Map.copyOf(responses);
  }

  private static List<ApiSpec.Route> routes(Value paths) {
    List<ApiSpec.Route> routes = new ArrayList<>();
    paths
        .entries()
        .forEach(
            (path, operations) -> {
              if (!path.matches("(/([A-Za-z0-9._~-]+|\\{[A-Za-z0-9]+}))+|/")) {
                throw operations.refuse("path " + path + " is not supported");
              }
              operations
                  .only("path", "get", "post", "put", "delete", "patch")
                  .forEach(
                      (method, operation) ->
                          routes.add(
                              new ApiSpec.Route(
                                  method.toUpperCase(Locale.ROOT), path, function(operation))));
            });
    return List.copyOf(routes);
  }

  private static String function(Value operation) {
    operation.only(
        "operation",
        "operationId",
        "summary",
        "parameters",
        "requestBody",
        "responses",
        "x-amazon-apigateway-integration");
    Value integration = operation.need("x-amazon-apigateway-integration");
    integration.only("integration", "type", "httpMethod", "uri");
    integration.need("type").oneOf("aws_proxy");
    integration.need("httpMethod").oneOf("POST");
    Matcher uri = INTEGRATION.matcher(integration.need("uri").text());
    if (!uri.matches()) {
      throw integration.need("uri").refuse("this does not invoke a function of the template");
    }
    return uri.group(1);
  }

  private static ApiSpec.Response response(Value response) {
    response.only("gateway response", "statusCode", "responseParameters", "responseTemplates");
    Map<String, String> headers = new HashMap<>();
    response
        .find("responseParameters")
        .map(Value::entries)
        .orElse(Map.of())
        .forEach((name, value) -> headers.put(header(name, value), literal(value)));
    return new ApiSpec.Response(
        response.find("statusCode").map(status -> status.number(100, 599)),
        Map.copyOf(headers),
        response.find("responseTemplates").map(ApiReader::template));
  }

  private static String header(String parameter, Value value) {
    if (!parameter.startsWith(HEADER)) {
      throw value.refuse(parameter + " is not supported, only " + HEADER + "…");
    }
    return parameter.substring(HEADER.length());
  }

  private static String literal(Value value) {
    String text = value.text();
    if (!text.matches("'[^']*'")) {
      throw value.refuse(text + " is not supported, only a 'literal'");
    }
    return text.substring(1, text.length() - 1);
  }

  private static String template(Value templates) {
    templates.only("response templates", "application/json");
    Value template = templates.need("application/json");
    Matcher variables = CONTEXT.matcher(template.text());
    while (variables.find()) {
      if (!CONTEXT_VARIABLES.contains(variables.group())) {
        throw template.refuse("the variable " + variables.group() + " is not supported");
      }
    }
    return template.text();
  }
}
