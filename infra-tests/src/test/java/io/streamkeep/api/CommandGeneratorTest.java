package io.streamkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.api.CommandGenerator.GeneratedCommand;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.kernel.store.RecordedEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fast")
final class CommandGeneratorTest {

  private static final int STREAMS = 50;

  private final Random random = new Random(7);
  private final ExampleBodies examples;

  CommandGeneratorTest() throws IOException {
    examples = ExampleBodies.read(Path.of("..", "functions", "api.yaml"));
  }

  @Test
  void everyCommandOfEveryAggregateIsGenerated() {
    Set<String> generated = new HashSet<>();
    for (AggregateModule<?, ?, ?> aggregate : Registry.aggregates()) {
      for (int i = 0; i < STREAMS; i++) {
        stream(aggregate, Map.of()).forEach(each -> generated.add(each.operation().operationId()));
      }
    }

    assertThat(generated)
        .containsExactlyInAnyOrderElementsOf(
            Registry.aggregates().stream()
                .flatMap(aggregate -> aggregate.commands().stream())
                .map(CommandOperation::operationId)
                .toList());
  }

  @Test
  void streamStartsWithItsCreation_andItsEventsCanBeRead() {
    for (AggregateModule<?, ?, ?> aggregate : Registry.aggregates()) {
      List<GeneratedCommand> stream = stream(aggregate, Map.of());

      assertThat(stream)
          .extracting(each -> each.operation().creates())
          .startsWith(aggregate.commands().isEmpty() ? new Boolean[0] : new Boolean[] {true})
          .hasSize(stream.size());
      for (RecordedEvent event : stream.stream().flatMap(e -> e.events().stream()).toList()) {
        assertThat(aggregate.aggregate().events().decode(event)).isNotNull();
      }
    }
  }

  @Test
  void sampleIsUsedInsteadOfARandomBody() {
    String body =
        """
        {"currency":"GBP","lines":[{"sku":"A","description":"","quantity":1,"unitPrice":2}]}\
        """;

    assertThat(stream(Registry.aggregates().getFirst(), Map.of("placeOrder", List.of(body))))
        .first()
        .extracting(GeneratedCommand::body)
        .isEqualTo(body);
  }

  private List<GeneratedCommand> stream(
      AggregateModule<?, ?, ?> aggregate, Map<String, List<String>> samples) {
    CommandGenerator<?, ?, ?> commands =
        new CommandGenerator<>(aggregate, examples, samples, random);
    return Stream.generate(commands::next)
        .takeWhile(Optional::isPresent)
        .limit(10)
        .flatMap(Optional::stream)
        .toList();
  }
}
