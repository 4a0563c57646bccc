package io.streamkeep.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;

import io.streamkeep.kernel.store.ThrottledException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

final class DynamoTableTest {

  private static final Map<String, AttributeValue> ONE = Map.of("n", fromN("1"));
  private static final Map<String, AttributeValue> TWO = Map.of("n", fromN("2"));

  private final Deque<QueryResponse> pages = new ArrayDeque<>();
  private final List<QueryRequest> requests = new ArrayList<>();
  private final DynamoTable table = new DynamoTable(new Service(), "views");

  /** Returns the prepared pages, then throttles. */
  private final class Service implements DynamoDbClient {

    @Override
    public QueryResponse query(QueryRequest request) {
      requests.add(request);
      if (pages.isEmpty()) {
        throw DynamoDbException.builder()
            .awsErrorDetails(AwsErrorDetails.builder().errorCode("ThrottlingException").build())
            .build();
      }
      return pages.remove();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }

  @Test
  void attributeNamesCoverEveryPlaceholder() {
    pages.add(QueryResponse.builder().build());

    table.page(
        query ->
            query
                .keyConditionExpression("#stream = :stream AND #view BETWEEN :view AND :end")
                .projectionExpression("#view, #commit")
                .filterExpression("attribute_exists(#parked)"));

    assertThat(requests.getFirst().tableName()).isEqualTo("views");
    assertThat(requests.getFirst().expressionAttributeNames())
        .isEqualTo(
            Map.of("#stream", "stream", "#view", "view", "#commit", "commit", "#parked", "parked"));
  }

  @Test
  void pageIsRequestedOnlyWhenItsItemsAreNeeded() {
    pages.add(QueryResponse.builder().items(List.of(ONE)).lastEvaluatedKey(ONE).build());
    pages.add(QueryResponse.builder().items(List.of(TWO)).build());

    assertThat(table.items(query -> {}).limit(1)).containsExactly(ONE);
    assertThat(requests).hasSize(1);

    pages.addFirst(QueryResponse.builder().items(List.of(ONE)).lastEvaluatedKey(ONE).build());
    assertThat(table.items(query -> {})).containsExactly(ONE, TWO);
    assertThat(requests).hasSize(3);
    assertThat(requests.getLast().exclusiveStartKey()).isEqualTo(ONE);
  }

  @Test
  void persistentThrottlingIsReported_onAnyPage() {
    assertThatThrownBy(() -> table.page(query -> {})).isInstanceOf(ThrottledException.class);

    pages.add(QueryResponse.builder().items(List.of(ONE)).lastEvaluatedKey(ONE).build());
    assertThatThrownBy(() -> table.items(query -> {}).toList())
        .isInstanceOf(ThrottledException.class);
  }
}
