package io.streamkeep.architecture;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API document and the registered operations agree. */
@Tag("fast")
final class OperationsTest {

  private static final Path API = Path.of("..", "functions", "api.yaml");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");
  private static final Pattern FUNCTION = Pattern.compile("/\\$\\{([A-Za-z]+)FunctionAliaslive}/");

  /** Operations that belong to no aggregate, by route. */
  private static final Map<String, String> FIXED =
      Map.of(
          "GET /", "getIndex by Query",
          "GET /feed", "readFeed by Query",
          "GET /operations/lag", "getLag by Operations",
          "GET /operations/parked", "listParked by Operations",
          "POST /operations/parked/redrive", "redriveParked by Operations");

  @Test
  void everyDocumentedOperationIsRegisteredAndViceVersa() throws IOException {
    assertThat(documented()).isEqualTo(registered());
  }

  /** Operation ids and functions by route. */
  private static Map<String, String> documented() throws IOException {
    Object document =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(API));
    Map<String, String> operations = new TreeMap<>();
    map(map(document).get("paths"))
        .forEach(
            (path, methods) ->
                map(methods)
                    .forEach(
                        (method, operation) -> {
                          if (METHODS.contains(method)) {
                            operations.put(
                                method.toUpperCase(Locale.ROOT) + " " + path,
                                describe(map(operation)));
                          }
                        }));
    return operations;
  }

  private static String describe(Map<String, Object> operation) {
    Map<String, Object> integration = map(operation.get("x-amazon-apigateway-integration"));
    Matcher function = FUNCTION.matcher(String.valueOf(integration.get("uri")));
    assertThat(function.find()).as("%s has a function", operation).isTrue();
    return operation.get("operationId") + " by " + function.group(1);
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
    return operations;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object node) {
    return (Map<String, Object>) requireNonNull(node);
  }
}
