package io.streamkeep.testkit.cost;

import static software.amazon.awssdk.services.dynamodb.model.ReturnValue.ALL_OLD;

import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Makes requests return the item that they find, which costs nothing, and removes it from the
 * response unless the caller requested it.
 */
final class OldItem {

  private static final ReturnValuesOnConditionCheckFailure ON_FAILURE =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private OldItem() {}

  /** True if the response to the request has the item before it. */
  static boolean isReturned(SdkRequest request) {
    return request instanceof PutItemRequest || request instanceof DeleteItemRequest;
  }

  static SdkRequest request(SdkRequest request) {
    return switch (request) {
      case PutItemRequest put ->
          put.toBuilder()
              .returnValues(ALL_OLD)
              .returnValuesOnConditionCheckFailure(ON_FAILURE)
              .build();
      case DeleteItemRequest delete ->
          delete.toBuilder()
              .returnValues(ALL_OLD)
              .returnValuesOnConditionCheckFailure(ON_FAILURE)
              .build();
      case UpdateItemRequest update ->
          update.toBuilder().returnValuesOnConditionCheckFailure(ON_FAILURE).build();
      default -> request;
    };
  }

  /** The response as the caller requested it. */
  static SdkResponse hide(SdkRequest original, SdkResponse response) {
    if (original instanceof PutItemRequest put
        && put.returnValues() != ALL_OLD
        && response instanceof PutItemResponse full) {
      return full.toBuilder().attributes(null).build();
    }
    if (original instanceof DeleteItemRequest delete
        && delete.returnValues() != ALL_OLD
        && response instanceof DeleteItemResponse full) {
      return full.toBuilder().attributes(null).build();
    }
    return response;
  }

  /** The failure as the caller requested it. */
  static Throwable hide(SdkRequest original, Throwable failure) {
    boolean wanted =
        switch (original) {
          case PutItemRequest put -> put.returnValuesOnConditionCheckFailure() == ON_FAILURE;
          case DeleteItemRequest delete ->
              delete.returnValuesOnConditionCheckFailure() == ON_FAILURE;
          case UpdateItemRequest update ->
              update.returnValuesOnConditionCheckFailure() == ON_FAILURE;
          default -> true;
        };
    return !wanted && failure instanceof ConditionalCheckFailedException full
        ? full.toBuilder().item(null).build()
        : failure;
  }
}
