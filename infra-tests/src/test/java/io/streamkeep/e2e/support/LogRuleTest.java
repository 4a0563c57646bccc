package io.streamkeep.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@link LogRule} accepts a valid line and reports each kind of violation. */
@Tag("fast")
final class LogRuleTest {

  private static final String GOOD =
      """
      {"timestamp":"2026-03-01T10:15:30.123Z","level":"INFO","message":"Request","function":"fn",
       "requestId":"r","traceId":"t","durationMs":12,"method":"POST","route":"/orders","status":409,
       "outcome":"order-cancelled","apiRequestId":"a","correlationId":"c","Rejected":1,
       "FunctionName":"fn","_aws":{"Timestamp":1772360130123,"CloudWatchMetrics":[
         {"Namespace":"Streamkeep","Dimensions":[["FunctionName"]],
          "Metrics":[{"Name":"Rejected","Unit":"Count"}]}]}}
      """;

  private final LogRule rule = new LogRule("secret");

  private void assertWrong(String line, String wrong) {
    assertThat(rule.violations(line)).as(line).anyMatch(found -> found.contains(wrong));
  }

  @Test
  void validLine_hasNoViolations() {
    assertThat(rule.violations(GOOD)).isEmpty();
  }

  @Test
  void markedText_isReported_evenWhenEncoded() {
    assertWrong(GOOD.replace("\"a\"", "\"My-Secret\""), "is marked");
    for (String around : List.of("secret", "a secret!", "my secret")) {
      String encoded = Base64.getUrlEncoder().encodeToString(around.getBytes(UTF_8));
      assertWrong(GOOD.replace("\"a\"", "\"" + encoded + "\""), "is marked");
    }
  }

  @Test
  void lineThatIsNotJson_isReported() {
    assertWrong("Exception in thread \"main\" java.lang.Error", "is not JSON");
    assertWrong("", "is not JSON");
  }

  @Test
  void missingOrUnknownField_isReported() {
    assertWrong(GOOD.replace("\"traceId\":\"t\",", ""), "lacks traceId");
    assertWrong(GOOD.replace("\"route\":\"/orders\",", ""), "lacks route");
    assertWrong(GOOD.replace("\"route\"", "\"path\""), "has path");
    assertWrong(GOOD.replace("\"Request\"", "\"Placed 3 lines\""), "has no known message");
    assertWrong(GOOD.replace("T10:15:30.123Z", ""), "has no time");
    assertWrong(GOOD.replace("30.123Z", "30Z"), "has no time");
    assertThat(rule.violations(GOOD.replace("30.123Z", "30.000Z"))).isEmpty();
  }

  @Test
  void failureWithUnknownFieldOrWrongLevel_isReported() {
    String failed =
        GOOD.replaceFirst(
            "\\{", "{\"failure\":[{\"type\":\"T\",\"message\":\"m\",\"frames\":[]}],");
    assertWrong(failed, "has an unknown failure field");
    assertWrong(failed, "is not of level ERROR");
    assertWrong(GOOD.replace("INFO", "ERROR"), "is not of level INFO");
  }

  @Test
  void metricThatCloudWatchWouldReject_isReported() {
    assertWrong(GOOD.replace("\"Rejected\":1", "\"Rejected\":\"1\""), "is an invalid metric");
    assertWrong(GOOD.replace("\"FunctionName\":\"fn\",", ""), "is an invalid metric");
    assertWrong(GOOD.replace("\"Rejected\":1,", ""), "declares [Rejected]");
    assertWrong(GOOD.replace("\"Rejected\":1", "\"Conflicts\":1"), "counts [Conflicts]");
  }
}
