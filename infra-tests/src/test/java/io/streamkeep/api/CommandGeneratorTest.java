package io.streamkeep.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.api.CommandGenerator.GeneratedCommand;
import io.streamkeep.domain.Registry;
import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.domain.order.OrderModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
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
  void everyOrderCommandIsGenerated() {
    assertThat(
            Stream.generate(() -> stream(OrderModule.ORDER, Map.of()))
                .limit(STREAMS)
                .flatMap(List::stream)
                .map(command -> command.operation().operationId()))
        .containsAll(
            OrderModule.ORDER.commands().stream().map(CommandOperation::operationId).toList());
  }

  @Test
  void everyStreamStartsWithItsCreation_andItsEventsAreReadable() {
    for (AggregateModule<?, ?, ?> aggregate : Registry.aggregates()) {
      List<GeneratedCommand> stream = stream(aggregate, Map.of());

      assertThat(stream.isEmpty()).isEqualTo(aggregate.commands().isEmpty());
      assertThat(stream.stream().map(command -> command.operation().creates()))
          .filteredOn(creates -> creates)
          .hasSizeLessThanOrEqualTo(1);
      assertThat(stream.stream().limit(1)).allMatch(command -> command.operation().creates());
      assertThat(stream.stream().flatMap(command -> command.events().stream()))
          .allSatisfy(
              event -> assertThat(aggregate.aggregate().events().decode(event)).isNotNull());
    }
  }

  @Test
  void sampleIsUsedInsteadOfARandomBody() {
    String body =
        """
        {"currency":"GBP","lines":[{"sku":"A","description":"","quantity":1,"unitPrice":2}]}\
        """;

    assertThat(stream(OrderModule.ORDER, Map.of("placeOrder", List.of(body))))
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
