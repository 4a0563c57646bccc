package io.streamkeep.localcloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.streamkeep.localcloud.faults.FaultSchedule;
import io.streamkeep.localcloud.faults.Faults;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The gateway passes on and answers requests as API Gateway does. */
@Tag("slow")
class ApiGatewayTest {
  private static final String INTEGRATION =
      """
      x-amazon-apigateway-integration:
        type: aws_proxy
        httpMethod: POST
        uri: !Sub arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn.Arn}/invocations
      """;
  private static final String API =
      """
      Api:
        Type: AWS::Serverless::Api
        Properties:
          StageName: live
          OpenApiVersion: 3.0.1
          EndpointConfiguration: {Type: REGIONAL}
          Auth: {DefaultAuthorizer: AWS_IAM}
          DefinitionBody:
            openapi: 3.0.1
            x-amazon-apigateway-binary-media-types: ["*/*"]
            x-amazon-apigateway-gateway-responses:
              MISSING_AUTHENTICATION_TOKEN:
                statusCode: 404
                responseTemplates: {application/json: '{"none":true}'}
              DEFAULT_5XX:
                responseParameters: {gatewayresponse.header.Content-Type: "'application/problem+json'"}
                responseTemplates: {application/json: '{"title":$context.error.messageString,"id":"$context.requestId"}'}
            paths:
              /things/{id}:
                post:
      %1$s
              /things/{id}/parts/{part}:
                get:
      %1$s
              /things/all:
                get:
      %1$s
      """
          .formatted(INTEGRATION.indent(12));

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static Probes probes;
  private static LocalCloud cloud;

  @BeforeAll
  static void start(@TempDir Path folder) throws Exception {
    probes = new Probes(folder);
    cloud =
        LocalCloud.of(probes.template(API, probes.function("Fn")))
            .integrationTimeout(Duration.ofSeconds(2))
            .start();
    // or the first test would time a cold start
    assertThat(cloud.function("Fn").invoke("do:reply {}", "").failed()).isFalse();
  }

  @AfterAll
  static void stop() {
    cloud.close();
  }

  private static HttpResponse<String> send(String method, String path, String... headers)
      throws Exception {
    return send(method, path, new byte[0], headers);
  }

  private static HttpResponse<String> send(
      String method, String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(cloud.apiUrl() + path))
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void throttledFunctionIsAServerError() throws Exception {
    int events = probes.events("Fn").size();
    cloud.faults(FaultSchedule.parse("throttle-invoke@Fn=1"));

    HttpResponse<String> answer = send("GET", "/things/all");

    cloud.faults(Faults.NONE);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).startsWith("{\"title\":\"Internal server error\",\"id\":\"");
    assertThat(probes.events("Fn")).hasSize(events);
  }

  private static APIGatewayProxyRequestEvent event() {
    String json = probes.events("Fn").getLast();
    return LambdaEventSerializers.serializerFor(
            APIGatewayProxyRequestEvent.class, ApiGatewayTest.class.getClassLoader())
        .fromJson(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void functionGetsProxyEvent() throws Exception {
    probes.steps("Fn", "reply {\"statusCode\":204}");
    byte[] body = {(byte) 0xff, 1};
    assertThat(
            send("POST", "/things/a%20b+c?x=1&x=2&y=%C3%BC+z", body, "X-One", "1", "X-One", "2")
                .statusCode())
        .isEqualTo(204);

    APIGatewayProxyRequestEvent event = event();
    assertThat(event.getResource()).isEqualTo("/things/{id}");
    assertThat(event.getPath()).isEqualTo("/things/a%20b+c");
    assertThat(event.getHttpMethod()).isEqualTo("POST");
    assertThat(event.getPathParameters()).isEqualTo(Map.of("id", "a%20b+c"));
    assertThat(event.getQueryStringParameters()).isEqualTo(Map.of("x", "2", "y", "ü z"));
    assertThat(event.getMultiValueQueryStringParameters())
        .isEqualTo(Map.of("x", List.of("1", "2"), "y", List.of("ü z")));
    assertThat(event.getHeaders()).containsEntry("X-One", "2").doesNotContainKey("Content-Length");
    assertThat(event.getMultiValueHeaders()).containsEntry("X-One", List.of("1", "2"));
    assertThat(event.getStageVariables()).isNull();
    assertThat(event.getBody()).isEqualTo("/wE=");
    assertThat(event.getIsBase64Encoded()).isTrue();
    APIGatewayProxyRequestEvent.ProxyRequestContext context = event.getRequestContext();
    assertThat(context.getResourcePath()).isEqualTo("/things/{id}");
    assertThat(context.getPath()).isEqualTo("/things/a%20b+c");
    assertThat(context.getStage()).isEqualTo("live");
    assertThat(context.getRequestId()).isNotBlank();
    assertThat(context.getRequestTimeEpoch()).isPositive();
    assertThat(context.getIdentity().getSourceIp()).isEqualTo("127.0.0.1");
    assertThat(context.getIdentity().getUserArn()).isNull();
  }

  @Test
  void signedRequestHasIdentityOfTheKeysUser() throws Exception {
    probes.steps("Fn", "reply {\"statusCode\":200}", "reply {\"statusCode\":200}");
    String signature =
        "AWS4-HMAC-SHA256 Credential=anna/20260101/us-east-1/execute-api/aws4_request,"
            + " SignedHeaders=host, Signature=0";
    send("GET", "/things/all", "Authorization", signature);
    assertThat(event().getRequestContext().getIdentity().getUserArn())
        .isEqualTo("arn:aws:iam::000000000000:user/anna");
    assertThat(event().getRequestContext().getIdentity().getAccessKey()).isEqualTo("anna");
    assertThat(event().getHeaders()).doesNotContainKey("Authorization");

    send("GET", "/things/all", "Authorization", "Bearer anna");
    assertThat(event().getRequestContext().getIdentity().getUserArn()).isNull();
    assertThat(event().getHeaders()).containsEntry("Authorization", "Bearer anna");
  }

  @Test
  void missingBodyAndQueryAreNull() throws Exception {
    probes.steps("Fn", "reply {\"statusCode\":200}");
    send("GET", "/things/all");
    assertThat(event().getResource()).isEqualTo("/things/all");
    assertThat(event().getBody()).isNull();
    assertThat(event().getIsBase64Encoded()).isFalse();
    assertThat(event().getQueryStringParameters()).isNull();
    assertThat(event().getPathParameters()).isNull();
  }

  @Test
  void responseIsTheFunctionsResult() throws Exception {
    probes.steps(
        "Fn",
        """
        reply {"statusCode":201,"headers":{"Location":"/x","Content-Length":"9","Set-Cookie":"c=3"},\
        "multiValueHeaders":{"Set-Cookie":["a=1","b=2"]},\
        "body":"w7w=","isBase64Encoded":true}\
        """);
    HttpResponse<String> answer = send("GET", "/things/1/parts/2");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body()).isEqualTo("ü");
    assertThat(answer.headers().allValues("Set-Cookie")).containsExactly("a=1", "b=2", "c=3");
    assertThat(answer.headers().firstValue("Location")).contains("/x");
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.headers().firstValue("x-amzn-Remapped-Content-Length")).contains("9");
    assertThat(event().getPathParameters()).isEqualTo(Map.of("id", "1", "part", "2"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "reply \"text\"",
        "reply {}",
        "reply {\"statusCode\":\"many\"}",
        "reply {\"statusCode\":200,\"cookies\":[]}",
        "reply {\"statusCode\":200,\"body\":{}}",
        "reply {\"statusCode\":200,\"headers\":[]}",
        "reply {\"statusCode\":200,\"body\":\"%\",\"isBase64Encoded\":true}",
        "throw secret",
        "exit",
      })
  void malformedResultIsBadGateway(String step) throws Exception {
    probes.steps("Fn", step);
    HttpResponse<String> answer = send("GET", "/things/all");
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body())
        .startsWith("{\"title\":\"Internal server error\",\"id\":\"")
        .contains(answer.headers().firstValue("x-amzn-RequestId").orElseThrow());
  }

  @Test
  void trailingSlashIsIgnored() throws Exception {
    probes.steps("Fn", "reply {\"statusCode\":204}");
    assertThat(send("GET", "/things/all/").statusCode()).isEqualTo(204);
    assertThat(event().getResource()).isEqualTo("/things/all");
    assertThat(event().getPath()).isEqualTo("/things/all/");
  }

  @Test
  void slowFunctionIsGatewayTimeout() throws Exception {
    int before = probes.events("Fn").size();
    probes.steps("Fn", "sleep 3000");
    HttpResponse<String> answer = send("GET", "/things/all");
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(answer.body()).contains("Endpoint request timed out");
    // the function takes its step, or the next test would find it
    await().until(() -> probes.events("Fn").size() > before);
  }

  @Test
  void gatewayAnswers_whenThereIsNoRoute() throws Exception {
    int before = probes.events("Fn").size();
    for (String path : List.of("/", "/things", "/things/", "/things/1/parts/", "/other")) {
      assertThat(send("GET", path).body()).isEqualTo("{\"none\":true}");
    }
    assertThat(send("DELETE", "/things/1").statusCode()).isEqualTo(404);
    assertThat(send("POST", "/things/all").statusCode()).isEqualTo(404);
    assertThat(probes.events("Fn")).hasSize(before);
  }

  @Test
  void requestsThatAreTooLongAreRefused() throws Exception {
    HttpResponse<String> answer = send("POST", "/things/1", new byte[10_485_761]);
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(answer.body())
        .isEqualTo("{\"message\":\"HTTP content length exceeded 10485760 bytes.\"}");
    assertThat(send("POST", "/things/1", new byte[5_000_000]).statusCode()).isEqualTo(413);
    assertThat(send("GET", "/things/all", "X-Long", "x".repeat(10_240)).statusCode())
        .isEqualTo(413);
  }

  @Test
  void listensOnLoopbackOnly() {
    assertThat(cloud.apiUrl().getHost()).isEqualTo("127.0.0.1");
    assertThat(cloud.dynamoDbEndpoint().getHost()).isEqualTo("127.0.0.1");
    assertThat(cloud.sqsEndpoint().getHost()).isEqualTo("127.0.0.1");
  }
}
