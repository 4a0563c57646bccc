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
 * Has requests ask for the item that they find, which costs nothing, and takes it out of the answer
 * again if the caller had not asked.
 */
final class OldItem {

  private static final ReturnValuesOnConditionCheckFailure ON_FAILURE =
      ReturnValuesOnConditionCheckFailure.ALL_OLD;

  private OldItem() {}

  /** Whether the answer to the request tells what was there before it. */
  static boolean isTold(SdkRequest request) {
    return request instanceof PutItemRequest || request instanceof DeleteItemRequest;
  }

  static SdkRequest ask(SdkRequest request) {
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

  /** What the caller would have been answered. */
  static SdkResponse hide(SdkRequest asked, SdkResponse response) {
    if (asked instanceof PutItemRequest put
        && put.returnValues() != ALL_OLD
        && response instanceof PutItemResponse told) {
      return told.toBuilder().attributes(null).build();
    }
    if (asked instanceof DeleteItemRequest delete
        && delete.returnValues() != ALL_OLD
        && response instanceof DeleteItemResponse told) {
      return told.toBuilder().attributes(null).build();
    }
    return response;
  }

  /** What the caller would have been told. */
  static Throwable hide(SdkRequest asked, Throwable failure) {
    boolean wanted =
        switch (asked) {
          case PutItemRequest put -> put.returnValuesOnConditionCheckFailure() == ON_FAILURE;
          case DeleteItemRequest delete ->
              delete.returnValuesOnConditionCheckFailure() == ON_FAILURE;
          case UpdateItemRequest update ->
              update.returnValuesOnConditionCheckFailure() == ON_FAILURE;
          default -> true;
        };
    return !wanted && failure instanceof ConditionalCheckFailedException told
        ? told.toBuilder().item(null).build()
        : failure;
  }
}
