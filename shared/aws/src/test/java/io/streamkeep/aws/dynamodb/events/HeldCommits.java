package io.streamkeep.aws.dynamodb.events;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A table with one stream, whose items can be inspected and broken. */
final class HeldCommits implements DynamoDbClient {

  private final List<Map<String, AttributeValue>> items = new ArrayList<>();

  List<Map<String, AttributeValue>> items() {
    return items;
  }

  /** Changes an attribute of a commit; commits are numbered from 1. */
  void change(int commit, String name, UnaryOperator<AttributeValue> change) {
    Map<String, AttributeValue> item = new HashMap<>(items.get(commit - 1));
    item.compute(name, (unused, value) -> change.apply(value));
    items.set(commit - 1, item);
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    int number = (int) CommitItem.number(request.item());
    if (number <= items.size()) {
      throw ConditionalCheckFailedException.builder().item(items.get(number - 1)).build();
    }
    items.add(request.item());
    return PutItemResponse.builder().build();
  }

  /** A page of a backwards query. */
  @Override
  public QueryResponse query(QueryRequest request) {
    long upTo =
        Long.parseLong(requireNonNull(request.expressionAttributeValues().get(":number")).n());
    int end =
        request.hasExclusiveStartKey()
            ? (int) CommitItem.number(request.exclusiveStartKey()) - 1
            : (int) Math.min(items.size(), upTo);
    int start = Math.max(0, end - request.limit());
    List<Map<String, AttributeValue>> page = items.subList(start, end).reversed();
    QueryResponse.Builder response = QueryResponse.builder().items(page);
    return (start == 0 ? response : response.lastEvaluatedKey(page.getLast())).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
