package io.streamkeep.architecture;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.api.ApiDocument;
import io.streamkeep.domain.Registry;
import io.streamkeep.e2e.support.LocalCloudExtension;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The API document and the registered operations agree. */
@Tag("fast")
final class OperationsTest {

  /** Operations that belong to no aggregate, by route. */
  private static final Map<String, String> FIXED =
      Map.of(
          "GET /", "getIndex by Query",
          "GET /feed", "readFeed by Query",
          "GET /operations/lag", "getLag by Operations",
          "GET /operations/parked", "listParked by Operations",
          "POST /operations/parked/redrive", "redriveParked by Operations");

  @Test
  void everyDocumentedOperationIsRegisteredAndViceVersa() {
    assertThat(documented()).isEqualTo(registered());
  }

  /** Operation ids and functions by route. */
  private static Map<String, String> documented() {
    return ApiDocument.read(LocalCloudExtension.API).operations().stream()
        .collect(toMap(ApiDocument.Operation::toString, one -> one.id() + " by " + one.function()));
  }

  private static Map<String, String> registered() {
    Map<String, String> operations = new TreeMap<>(FIXED);
    Registry.aggregates()
        .forEach(
            aggregate -> {
              aggregate
                  .commands()
                  .forEach(one -> operations.put(one.route(), one.operationId() + " by Command"));
              aggregate
                  .queries()
                  .forEach(one -> operations.put(one.route(), one.operationId() + " by Query"));
            });
    operations.putAll(heads(operations));
    return operations;
  }

  /** Each GET has a HEAD: the gateway takes only methods that the document names. */
  private static Map<String, String> heads(Map<String, String> operations) {
    return operations.entrySet().stream()
        .filter(one -> one.getKey().startsWith("GET "))
        .collect(
            toMap(
                one -> one.getKey().replaceFirst("GET", "HEAD"),
                one -> one.getValue().replaceFirst("^(get|list|read)", "head")));
  }
}
