package io.streamkeep.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.domain.module.AggregateModule;
import io.streamkeep.domain.module.CommandOperation;
import io.streamkeep.domain.module.QueryOperation;
import io.streamkeep.kernel.projection.Projection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RegistryTest {

  @Test
  void categoriesViewsOperationsAndRoutes_areUnique() {
    assertThat(Registry.aggregates()).extracting(AggregateModule::category).doesNotHaveDuplicates();
    assertThat(Registry.projections()).extracting(Projection::name).doesNotHaveDuplicates();
    assertThat(operations(CommandOperation::operationId, QueryOperation::operationId))
        .isNotEmpty()
        .doesNotHaveDuplicates();
    assertThat(operations(CommandOperation::route, QueryOperation::route)).doesNotHaveDuplicates();
  }

  private static List<String> operations(
      Function<CommandOperation<?>, String> ofCommand, Function<QueryOperation, String> ofQuery) {
    return Registry.aggregates().stream()
        .flatMap(
            aggregate ->
                Stream.concat(
                    aggregate.commands().stream().map(ofCommand),
                    aggregate.queries().stream().map(ofQuery)))
        .toList();
  }
}
