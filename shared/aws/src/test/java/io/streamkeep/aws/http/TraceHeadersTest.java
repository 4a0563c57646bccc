package io.streamkeep.aws.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.kernel.metadata.TraceContext;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceHeadersTest {

  private static final String IDS = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331";
  private static final String XRAY = "Root=1-5759e988-bd862e3fe1be46a994272793";

  private static TraceContext trace(String... headers) {
    return TraceHeaders.of(Requests.of("", headers));
  }

  /** Only the ids and the flag "sampled" of a later version are understood. */
  @ParameterizedTest
  @CsvSource({"00-%s-00, 00", "00-%s-ff, ff", "01-%s-03, 01", "cc-%s-02-more-01, 00"})
  void parentIsWrittenInVersion00(String header, String flags) {
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
  void invalidParentStartsATrace(String header) {
    String parent = header.formatted(IDS);

    TraceContext trace =
        trace(
            "traceparent", parent, "tracestate", "rojo=1", "X-Amzn-Trace-Id", XRAY + ";Sampled=1");

    assertThat(trace.traceparent()).matches("00-5759e988bd862e3fe1be46a994272793-[0-9a-f]{16}-00");
    assertThat(trace.tracestate()).isNull();
  }

  @Test
  void repeatedParentStartsATrace() {
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
  void traceIsDerivedFromTheRequestIdWithoutXRay(String xray) {
    TraceContext trace = trace("X-Amzn-Trace-Id", xray);

    assertThat(trace).isEqualTo(trace()).isNotEqualTo(trace("X-Amzn-Trace-Id", XRAY));
  }

  @Test
  void statesOfAllHeadersAreJoined() {
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
  void invalidStateDoesNotAffectTheParent(String state) {
    String parent = "00-" + IDS + "-01";

    assertThat(trace("traceparent", parent, "tracestate", state))
        .isEqualTo(new TraceContext(parent, null));
  }

  /** Long entries are dropped first, then the last ones. */
  @Test
  void wholeEntriesOfATooLongStateAreDropped() {
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
}
