package io.streamkeep.aws.dynamodb.views;

import io.streamkeep.kernel.projection.ViewReader.TotalRow;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of a total, however many there are: the number of sub-totals may have been different
 * when they were written.
 *
 * @param sortKey the sort key of the total
 */
record SubTotals(String sortKey, List<Map<String, AttributeValue>> items) {

  /** Groups items, which are ordered by the sort keys of their totals, into totals. */
  static Stream<SubTotals> of(Stream<Map<String, AttributeValue>> items) {
    Groups groups = new Groups(items.iterator());
    return Stream.iterate(groups, Iterator::hasNext, same -> same).map(Iterator::next);
  }

  /** Adds them up; throws UnreadableException if one of them has an amount that is no number. */
  TotalRow sum() {
    Map<String, BigInteger> sums = new TreeMap<>();
    for (Map<String, AttributeValue> item : items) {
      TotalItem.amounts(item).forEach((name, n) -> sums.merge(name, n, BigInteger::add));
    }
    return new TotalRow(sortKey, sums);
  }

  /** Successive items with the same sort key. */
  private static final class Groups implements Iterator<SubTotals> {

    private final Iterator<Map<String, AttributeValue>> items;
    private @Nullable Map<String, AttributeValue> next;

    private Groups(Iterator<Map<String, AttributeValue>> items) {
      this.items = items;
      this.next = following();
    }

    private @Nullable Map<String, AttributeValue> following() {
      return items.hasNext() ? items.next() : null;
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public SubTotals next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      String sortKey = TotalItem.sortKey(next);
      List<Map<String, AttributeValue>> group = new ArrayList<>();
      while (next != null && TotalItem.sortKey(next).equals(sortKey)) {
        group.add(next);
        next = following();
      }
      return new SubTotals(sortKey, group);
    }
  }
}
