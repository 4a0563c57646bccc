package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.aws.Json;
import io.streamkeep.kernel.Actor;
import io.streamkeep.kernel.CausationId;
import io.streamkeep.kernel.CommandId;
import io.streamkeep.kernel.CorrelationId;
import io.streamkeep.kernel.Metadata;
import io.streamkeep.kernel.TenantId;
import io.streamkeep.kernel.TraceContext;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request says of where it comes from. */
final class HttpRequestTest {

  private static final String IDS = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";
  private static final String XRAY = "Root=1-5759e988-bd862e3fe1be46a994272793";
  private static final String ROLE = "arn:aws:sts::111122223333:assumed-role/shop";

  /** A request with these headers, name by value; signed unless {@code arn} is empty. */
  private static HttpRequest request(String arn, String... headers) {
    Map<String, List<String>> byName =
        IntStream.range(0, headers.length / 2)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> headers[2 * i],
                    Collectors.mapping(i -> headers[2 * i + 1], Collectors.toList())));
    JsonObjectBuilder given = Json.object();
    byName.forEach(
        (name, values) -> {
          var list = Json.array();
          values.forEach(list::add);
          given.add(name, list);
        });
    JsonObjectBuilder identity = Json.object();
    if (arn.isEmpty()) {
      identity.addNull("userArn");
    } else {
      identity.add("userArn", arn);
    }
    JsonObject event =
        Json.object()
            .add("httpMethod", "POST")
            .add("resource", "/orders")
            .add("multiValueHeaders", given)
            .add(
                "requestContext",
                Json.object()
                    .add("requestId", "request-1")
                    .add("path", "/orders")
                    .add("identity", identity))
            .build();
    return HttpRequest.read(event, Instant.MAX);
  }

  private static TraceContext trace(String... headers) {
    return Objects.requireNonNull(request("", headers).metadata().trace());
  }

  @Test
  void allOfItIsKept() {
    HttpRequest request =
        request(
            ROLE + "/anna@example.com",
            "X-Correlation-Id",
            "why",
            "x-tenant-id",
            "shop-7",
            "Traceparent",
            "00-" + IDS + "-01",
            "tracestate",
            "rojo=1");

    assertThat(request.metadata())
        .isEqualTo(
            new Metadata(
                new Actor(ROLE + "/anna@example.com"),
                new CorrelationId("why"),
                new CausationId("request-1"),
                new TraceContext("00-" + IDS + "-01", "rojo=1"),
                new TenantId("shop-7")));
  }

  @Test
  void ofARequestThatSaysNothingTheGatewaysIdIsKnown() {
    Metadata metadata = request("", "X-Amzn-Trace-Id", XRAY).metadata();

    assertThat(metadata.actor()).isNull();
    assertThat(metadata.tenant()).isNull();
    assertThat(metadata.correlation()).isEqualTo(new CorrelationId("request-1"));
    assertThat(metadata.causation()).isEqualTo(new CausationId("request-1"));
    assertThat(Objects.requireNonNull(metadata.trace()).traceId())
        .isEqualTo("5759e988bd862e3fe1be46a994272793");
  }

  @ParameterizedTest
  @CsvSource({
    "X-Correlation-Id, a b",
    "X-Correlation-Id, anna@example.com",
    "X-Tenant-Id, a b",
    "X-Tenant-Id, anna@example.com",
    "X-Tenant-Id, ''"
  })
  void aHeaderThatIsNotOfItsFormIsBad(String name, String value) {
    HttpRequest request = request("", name, value);

    assertThatThrownBy(request::metadata)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().errors()).extracting("parameter").containsExactly(name));
  }

  /** A later version's has more, of which nothing is known but which ids it has and "sampled". */
  @ParameterizedTest
  @CsvSource({"00-%s-00, 00", "00-%s-ff, ff", "01-%s-03, 01", "cc-%s-02-more-01, 00"})
  void aParentIsKeptInVersion00(String header, String flags) {
    assertThat(trace("traceparent", header.formatted(IDS)))
        .isEqualTo(new TraceContext("00-" + IDS + "-" + flags, null));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "anna@example.com",
        "ff-%s-01",
        "00-%s-01-more",
        "01-%s-01more",
        "00-%s-0",
        "00-%S-01",
        "00-00000000000000000000000000000000-b7ad6b7169203331-01",
        "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01"
      })
  void insteadOfAParentThatIsNoneATraceIsStarted(String header) {
    String parent = header.formatted(IDS);

    TraceContext trace =
        trace(
            "traceparent", parent, "tracestate", "rojo=1", "X-Amzn-Trace-Id", XRAY + ";Sampled=1");

    assertThat(trace.traceparent()).matches("00-5759e988bd862e3fe1be46a994272793-[0-9a-f]{16}-00");
    assertThat(trace.tracestate()).isNull();
  }

  @Test
  void twoParentsAreNone() {
    String parent = "00-" + IDS + "-01";

    assertThat(trace("traceparent", parent, "traceparent", parent).traceparent())
        .isNotEqualTo(parent);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Root=1-00000000-000000000000000000000000",
        "Root=1-5759e988-bd862e3fe1be46a99427279",
        "anna"
      })
  void withoutXRayATraceIsOfTheRequestsId(String xray) {
    TraceContext trace = trace("X-Amzn-Trace-Id", xray);

    assertThat(trace).isEqualTo(trace()).isNotEqualTo(trace("X-Amzn-Trace-Id", XRAY));
  }

  @Test
  void statesOfAllHeadersAreOne() {
    String parent = "00-" + IDS + "-01";

    assertThat(
            trace(
                    "traceparent", parent,
                    "tracestate", "rojo=1 ,, congo= 2",
                    "tracestate", "",
                    "tracestate", "\tlast=3")
                .tracestate())
        .isEqualTo("rojo=1,congo= 2,last=3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " , ", "Rojo=1", "rojo", "rojo=1,congo"})
  void aStateThatIsNoneDoesNotHarmTheParent(String state) {
    String parent = "00-" + IDS + "-01";

    assertThat(trace("traceparent", parent, "tracestate", state))
        .isEqualTo(new TraceContext(parent, null));
  }

  /** First what is long, then what is last; whole entries only. */
  @Test
  void ofAStateThatIsTooLongWholeEntriesGo() {
    String[] short100 = new String[6];
    Arrays.setAll(short100, i -> "k" + i + "=" + "v".repeat(97));
    String state =
        String.join(",", short100[0], "long=" + "v".repeat(130), short100[1], short100[2])
            + ","
            + String.join(",", short100[3], short100[4], short100[5]);

    assertThat(trace("traceparent", "00-" + IDS + "-01", "tracestate", state).tracestate())
        .isEqualTo(
            String.join(",", short100[0], short100[1], short100[2], short100[3], short100[4]));
  }

  private static CommandId command(String arn, String... tenant) {
    return IdempotencyKey.of(
        request(
            arn,
            tenant.length == 0
                ? new String[] {"Idempotency-Key", "key-1"}
                : new String[] {"Idempotency-Key", "\"key-1\"", "X-Tenant-Id", tenant[0]}));
  }

  @Test
  void aKeyCountsForSignerAndTenant() {
    List<CommandId> callers =
        List.of(
            command(""),
            command("", "a"),
            command("arn:aws:iam::111122223333:user/a"),
            command("arn:aws:iam::111122223333:user/a", "a"),
            command("arn:aws:iam::111122223333:user/a", "b"),
            command("arn:aws:iam::111122223333:user/b"),
            command(ROLE + "/a"),
            command("arn:aws:sts::111122223333:assumed-role/shops/a"),
            command("arn:aws:sts::111122223333:federated-user/a"),
            command("arn:aws:sts::111122223333:federated-user/b"));

    assertThat(callers).doesNotHaveDuplicates();
    assertThat(callers.getFirst()).isEqualTo(new CommandId("key-1"));
  }

  /** A service is one caller, whichever of its instances tries again. */
  @Test
  void aKeyCountsForAllSessionsOfARole() {
    assertThat(command(ROLE + "/task-1")).isEqualTo(command(ROLE + "/task-2"));
    assertThat(command("arn:aws-cn:sts::1:assumed-role/shop/a"))
        .isEqualTo(command("arn:aws-cn:sts::1:assumed-role/shop/b"));
  }
}
