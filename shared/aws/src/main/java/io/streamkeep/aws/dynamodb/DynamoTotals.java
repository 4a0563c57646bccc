package io.streamkeep.aws.dynamodb;

import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The totals that {@link DynamoViewStore} adds up, read eventually consistent. */
public final class DynamoTotals {

  /** Sorts after whatever a rank goes on with. */
  private static final String END = "\uFFFF";

  private final DynamoDbClient client;
  private final String table;

  public DynamoTotals(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /**
   * A total as it is.
   *
   * @param amounts by their names; there is no bound to what many streams come to
   */
  public record Sum(String rank, Map<String, BigInteger> amounts) {
    public Sum {
      amounts = Map.copyOf(amounts);
    }
  }

  /**
   * A part of a list.
   *
   * @param sums lowest rank first
   * @param next the rank after which the list goes on, or null at its end
   */
  public record Page(List<Sum> sums, @Nullable String next) {}

  /**
   * Totals of a group from one rank to another, in text order; what begins with the last is in too.
   *
   * @param after a rank within, after which the list goes on, or null from its start
   * @param wanted those that it does not take are read, and passed over
   * @param limit at most so many
   */
  public Page list(
      String group,
      String from,
      String to,
      @Nullable String after,
      Predicate<Sum> wanted,
      int limit) {
    List<Sum> sums =
        client
            .queryPaginator(
                query ->
                    query
                        .tableName(table)
                        .keyConditionExpression("#stream = :group AND #view BETWEEN :from AND :to")
                        .expressionAttributeNames(
                            Map.of("#stream", RowItem.STREAM, "#view", RowItem.VIEW))
                        .expressionAttributeValues(
                            Map.of(
                                ":group",
                                TotalItem.partition(group),
                                ":from",
                                fromS(after == null ? from : after),
                                ":to",
                                fromS(to + END))))
            .items()
            .stream()
            .map(item -> new Sum(TotalItem.rank(item), TotalItem.amounts(item)))
            .filter(sum -> !sum.rank().equals(after) && wanted.test(sum))
            .limit(limit + 1L)
            .toList();
    List<Sum> page = sums.stream().limit(limit).toList();
    return new Page(page, sums.size() > limit ? page.getLast().rank() : null);
  }
}
