package io.streamkeep.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API document and the registered operations agree. */
final class OperationsTest {

  private static final Path API = Path.of("../functions/api.yaml");
  private static final Set<String> METHODS = Set.of("get", "post", "put", "delete", "patch");

  /** Operations that belong to no aggregate, by route. */
  private static final Map<String, String> FIXED =
      Map.of(
          "GET /", "getIndex",
          "GET /feed", "readFeed",
          "GET /operations/lag", "getLag",
          "GET /operations/parked", "listParked",
          "POST /operations/parked/redrive", "redriveParked");

  @Test
  void everyDocumentedOperationIsRegisteredAndViceVersa() throws IOException {
    assertThat(documented()).isEqualTo(registered());
  }

  /** Operation ids by route. */
  private static Map<String, String> documented() throws IOException {
    Object document =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(API));
    Map<String, String> operations = new TreeMap<>();
    map(map(document).get("paths"))
        .forEach(
            (path, methods) ->
                map(methods).entrySet().stream()
                    .filter(method -> METHODS.contains(method.getKey()))
                    .forEach(
                        method ->
                            operations.put(
                                method.getKey().toUpperCase(Locale.ROOT) + " " + path,
                                String.valueOf(map(method.getValue()).get("operationId")))));
    return operations;
  }

  private static Map<String, String> registered() {
    Map<String, String> operations = new TreeMap<>(FIXED);
    Registry.aggregates().stream()
        .flatMap(
            aggregate ->
                Stream.concat(
                    aggregate.commands().stream()
                        .map(command -> Map.entry(command.route(), command.operationId())),
                    aggregate.queries().stream()
                        .map(query -> Map.entry(query.route(), query.operationId()))))
        .forEach(operation -> operations.put(operation.getKey(), operation.getValue()));
    return operations;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object node) {
    return (Map<String, Object>) node;
  }
}
