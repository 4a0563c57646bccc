package io.streamkeep.aws.dynamodb.events;

import static java.util.Objects.requireNonNull;

import io.streamkeep.aws.dynamodb.ItemSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** A table with one stream, whose items can be inspected and broken. */
final class HeldCommits implements DynamoDbClient {

  private static final long MAX_BYTES = 1 << 20;

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

  /** A page of a query, which ends at 1 MB. */
  @Override
  public QueryResponse query(QueryRequest request) {
    if (request.limit() < 1) {
      throw DynamoDbException.builder().message("Limit must be at least 1").build();
    }
    boolean forward = !Boolean.FALSE.equals(request.scanIndexForward());
    List<Map<String, AttributeValue>> found = forward ? items : items.reversed();
    long bound =
        Long.parseLong(requireNonNull(request.expressionAttributeValues().get(":number")).n());
    long start =
        request.hasExclusiveStartKey() ? CommitItem.number(request.exclusiveStartKey()) : 0;
    List<Map<String, AttributeValue>> page = new ArrayList<>();
    long bytes = 0;
    for (Map<String, AttributeValue> item : found) {
      long number = CommitItem.number(item);
      if (forward ? number <= bound : number > bound || (start > 0 && number >= start)) {
        continue;
      }
      if (page.size() == request.limit() || bytes > MAX_BYTES) {
        return QueryResponse.builder().items(page).lastEvaluatedKey(page.getLast()).build();
      }
      page.add(item);
      bytes += ItemSize.of(item);
    }
    return QueryResponse.builder().items(page).build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}
}
