package io.streamkeep.testkit.contract;

import io.streamkeep.kernel.projection.AggregateTotal;
import io.streamkeep.kernel.projection.View;
import io.streamkeep.kernel.store.Commit;
import io.streamkeep.retail.Row;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A view whose rows count what their newest event says: nothing, or {@code rank amount}.
 *
 * @param group of its totals
 */
record CountedView(String group) implements View {

  private static final Pattern COUNTED =
      Pattern.compile("\\{\"rank\":\"(\\w+)\",\"amount\":(\\d+)}");

  @Override
  public String name() {
    return "counted";
  }

  @Override
  public String category() {
    return "counted";
  }

  @Override
  public Row apply(@Nullable Row row, Commit commit) {
    String says = commit.events().getLast().data();
    int space = says.indexOf(' ');
    return new Row(
        says.isEmpty()
            ? "{}"
            : "{\"rank\":\"%s\",\"amount\":%s}"
                .formatted(says.substring(0, space), says.substring(space + 1)),
        null);
  }

  @Override
  public List<AggregateTotal> totals(Row row) {
    Matcher counted = COUNTED.matcher(row.data());
    return counted.matches()
        ? List.of(
            new AggregateTotal(
                group,
                counted.group(1),
                Map.of("rows", 1L, "amount", Long.parseLong(counted.group(2)))))
        : List.of();
  }
}
