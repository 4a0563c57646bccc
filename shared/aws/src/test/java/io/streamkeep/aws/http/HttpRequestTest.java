package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The metadata of a request. */
final class HttpRequestTest {

  private static final String ACTOR =
      "arn:aws:sts::111122223333:assumed-role/shop/anna@example.com";
  private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @Test
  void metadataComesFromSignatureAndHeaders() {
    HttpRequest request =
        Requests.of(
            ACTOR,
            "X-Correlation-Id",
            "why",
            "x-tenant-id",
            "shop-7",
            "Traceparent",
            PARENT,
            "tracestate",
            "rojo=1");

    assertThat(request.metadata())
        .isEqualTo(
            new Metadata(
                new Actor(ACTOR),
                new CorrelationId("why"),
                new CausationId("request-1"),
                new TraceContext(PARENT, "rojo=1"),
                new TenantId("shop-7")));
  }

  @Test
  void metadataDefaultsToTheGatewaysIds() {
    Metadata metadata =
        Requests.of("", "X-Amzn-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793").metadata();

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
  void invalidHeaderIsABadRequest(String name, String value) {
    HttpRequest request = Requests.of("", name, value);

    assertThatThrownBy(request::metadata)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().errors()).extracting("parameter").containsExactly(name));
  }
}
