package io.streamkeep.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.streamkeep.e2e.MarkdownPage.Block;
import io.streamkeep.kernel.internal.Sha256;
import io.streamkeep.localcloud.template.TemplateDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The documented first order is signed as AWS_IAM expects it (Signature Version 4). */
@Tag("fast")
final class SignedOrderTest {

  private static final String KEY = "AKIDEXAMPLE";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final Pattern AUTHORIZATION =
      Pattern.compile(
          "AWS4-HMAC-SHA256 Credential="
              + KEY
              + "/([0-9]{8})/([a-z0-9-]+)/execute-api/aws4_request,"
              + " SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})");

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private HttpServer server;

  /** A request with its body. */
  private record Received(HttpExchange exchange, String body) {
    String header(String name) {
      return String.valueOf(exchange.getRequestHeaders().getFirst(name));
    }
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          received.add(new Received(exchange, body));
          exchange.sendResponseHeaders(201, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** Credentials of a user have no session token, those of a role do. */
  @ParameterizedTest
  @ValueSource(strings = {"", "FwoGZXIvYXdzEXAMPLE//+=="})
  void stacksOutput_placesSignedOrder(String token) throws Exception {
    StringJoiner output = new StringJoiner(" ");
    TemplateDocument.read(Documents.ROOT.resolve("template.yaml"))
        .root()
        .at("/Outputs/FirstOrder/Value/Fn::Join/1")
        .forEach(
            part ->
                output.add(
                    part.path("Fn::Sub")
                        .asText(part.asText())
                        .replace(
                            "https://${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}", url())
                        .replace("${Stage}", "dev")
                        .replace("${AWS::Region}", "eu-west-1")));

    assertPlaces(output.toString(), token);
  }

  @Test
  void guidesOrder_isSigned() throws Exception {
    Block block =
        Documents.page("how-to/deploy.md").blocks().stream()
            .filter(each -> each.text().contains("curl"))
            .findFirst()
            .orElseThrow();

    assertPlaces(
        block
            .text()
            .replaceFirst("eval .*", "")
            .replaceFirst("https://…[a-z0-9.-]+", Matcher.quoteReplacement(url())),
        "token");
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void assertPlaces(String command, String token) throws Exception {
    try (ShellSession shell = new ShellSession(Documents.ROOT)) {
      String credentials =
          "export AWS_ACCESS_KEY_ID='%s' AWS_SECRET_ACCESS_KEY='%s'".formatted(KEY, SECRET);
      shell.run(
          "unset AWS_SESSION_TOKEN\n"
              + credentials
              + (token.isEmpty() ? "" : " AWS_SESSION_TOKEN='" + token + "'"),
          Duration.ofSeconds(5));
      shell.run(command, Duration.ofSeconds(20));
    }
    Received order = received.poll(1, TimeUnit.SECONDS);
    assertThat(order).as(command).isNotNull();
    assertThat(order.exchange.getRequestMethod() + " " + order.exchange.getRequestURI())
        .isEqualTo("POST /dev/orders");
    assertThat(order.header("Content-Type")).isEqualTo("application/json");
    assertThat(order.header("Idempotency-Key")).isEqualTo("my-first-order");
    assertThat(order.header("X-Amz-Security-Token")).isEqualTo(token.isEmpty() ? "null" : token);
    Matcher authorization = AUTHORIZATION.matcher(order.header("Authorization"));
    assertThat(authorization.matches()).as(order.header("Authorization")).isTrue();
    assertThat(authorization.group(2)).isEqualTo("eu-west-1");
    assertThat(authorization.group(4)).isEqualTo(signature(order, authorization));
  }

  /** The signature that AWS computes from what it received. */
  private static String signature(Received order, Matcher authorization)
      throws GeneralSecurityException {
    StringBuilder request = new StringBuilder("POST\n/dev/orders\n\n");
    for (String name : List.of(authorization.group(3).split(";", -1))) {
      request.append(name).append(':').append(order.header(name)).append('\n');
    }
    request.append('\n').append(authorization.group(3)).append('\n').append(hash(order.body));
    String scope =
        authorization.group(1) + "/" + authorization.group(2) + "/execute-api/aws4_request";
    String toSign =
        String.join(
            "\n", "AWS4-HMAC-SHA256", order.header("X-Amz-Date"), scope, hash(request.toString()));
    byte[] key = ("AWS4" + SECRET).getBytes(UTF_8);
    for (String part : scope.split("/", -1)) {
      key = mac(key, part);
    }
    return HexFormat.of().formatHex(mac(key, toSign));
  }

  private static String hash(String text) {
    return HexFormat.of().formatHex(Sha256.of(text));
  }

  private static byte[] mac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(UTF_8));
  }
}
