package io.streamkeep.domain.order;

import io.streamkeep.kernel.StreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An order, as its events left it. */
public sealed interface Order {

  /** The category of the streams of orders. */
  String CATEGORY = "order";

  /** What ids of orders look like. */
  Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** The stream of the order of an id; empty if an id can't be one. */
  static Optional<StreamId> stream(String id) {
    return ID.matcher(id).matches() ? Optional.of(new StreamId(CATEGORY, id)) : Optional.empty();
  }

  /** There is no such order. */
  record Unplaced() implements Order {}

  /** An order that there is. */
  sealed interface Existing extends Order {
    Content content();
  }

  /** Its lines can be changed. */
  record Placed(Content content) implements Existing {}

  /** Taken on by the seller. */
  record Confirmed(Content content) implements Existing {}

  /**
   * Called off, for good.
   *
   * @param reason in somebody's own words, 1 to 500 characters
   */
  record Cancelled(Content content, String reason) implements Existing {}

  /**
   * Sold, and perhaps some of it returned.
   *
   * @param returned how many came back of each line, in the order of the lines
   * @param refunded what came back, in minor units
   */
  record Completed(Content content, List<Long> returned, long refunded) implements Existing {
    public Completed {
      returned = List.copyOf(returned);
    }

    static Completed of(Content content) {
      return new Completed(content, Collections.nCopies(content.lines().size(), 0L), 0);
    }

    Completed less(SortedMap<Integer, Long> quantities, long refund) {
      List<Long> sum = new ArrayList<>(returned);
      quantities.forEach((line, quantity) -> sum.set(line - 1, sum.get(line - 1) + quantity));
      return new Completed(content, sum, refunded + refund);
    }
  }

  /**
   * What was ordered.
   *
   * @param customer null for a guest
   * @param country where it goes, null if that was not told
   * @param currency ISO 4217
   * @param total the sum over the lines in minor units
   */
  record Content(
      @Nullable String customer,
      @Nullable String country,
      String currency,
      Instant placedAt,
      List<Line> lines,
      long total) {
    public Content {
      lines = List.copyOf(lines);
    }

    Content with(List<Line> newLines, long newTotal) {
      return new Content(customer, country, currency, placedAt, newLines, newTotal);
    }
  }
}
