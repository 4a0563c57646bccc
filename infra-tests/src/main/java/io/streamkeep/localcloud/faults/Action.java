package io.streamkeep.localcloud.faults;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An operation at which faults are injected. */
enum Action {
  PUT_ITEM(Type.WRITE, "PutItem"),
  UPDATE_ITEM(Type.WRITE, "UpdateItem"),
  DELETE_ITEM(Type.WRITE, "DeleteItem"),
  BATCH_WRITE_ITEM(Type.WRITE, "BatchWriteItem"),
  TRANSACT_WRITE_ITEMS(Type.WRITE, "TransactWriteItems"),
  GET_ITEM(Type.READ, "GetItem"),
  BATCH_GET_ITEM(Type.READ, "BatchGetItem"),
  TRANSACT_GET_ITEMS(Type.READ, "TransactGetItems"),
  QUERY(Type.READ, "Query"),
  SCAN(Type.READ, "Scan"),
  SEND_MESSAGE(Type.SEND, "SendMessage"),
  SEND_MESSAGE_BATCH(Type.SEND, "SendMessageBatch"),
  CHANGE_MESSAGE_VISIBILITY(Type.SEND, "ChangeMessageVisibility"),
  RECEIVE_MESSAGE(Type.RECEIVE, "ReceiveMessage"),
  DELETE_MESSAGE_BATCH(Type.RECEIVE, "DeleteMessageBatch");

  private enum Type {
    WRITE,
    READ,
    SEND,
    RECEIVE
  }

  /** All operations of tables and queues, including those that mappings call. */
  static final Set<Action> ALL = Set.of(values());

  /** All operations that environments call; mappings receive and delete messages for them. */
  static final Set<Action> OF_ENVIRONMENTS = of(Type.WRITE, Type.READ, Type.SEND);

  /** The operations with an effect that environments call. */
  static final Set<Action> EFFECTS = of(Type.WRITE, Type.SEND);

  /** The operations with which a transaction in progress can conflict. */
  static final Set<Action> CONFLICTING =
      Set.of(PUT_ITEM, UPDATE_ITEM, DELETE_ITEM, TRANSACT_WRITE_ITEMS, TRANSACT_GET_ITEMS);

  static final Set<Action> BATCHES = Set.of(SEND_MESSAGE_BATCH);

  private final Type type;
  private final String text;

  Action(Type type, String text) {
    this.type = type;
    this.text = text;
  }

  /** The operation's name, such as PutItem. */
  String text() {
    return text;
  }

  /** The actions in roles, one of which the operation needs. */
  Stream<String> grants() {
    return switch (this) {
      case TRANSACT_WRITE_ITEMS ->
          Stream.of(
              "dynamodb:PutItem",
              "dynamodb:UpdateItem",
              "dynamodb:DeleteItem",
              "dynamodb:ConditionCheckItem");
      case TRANSACT_GET_ITEMS -> Stream.of("dynamodb:GetItem");
      case SEND_MESSAGE_BATCH -> Stream.of("sqs:SendMessage");
      case DELETE_MESSAGE_BATCH -> Stream.of("sqs:DeleteMessage");
      default -> Stream.of((isOfTables() ? "dynamodb:" : "sqs:") + text);
    };
  }

  boolean isOfTables() {
    return type == Type.WRITE || type == Type.READ;
  }

  /** True if one call can use several tables. */
  boolean takesSeveral() {
    return text.startsWith("Batch") || text.startsWith("Transact");
  }

  private static Set<Action> of(Type... types) {
    return Arrays.stream(values())
        .filter(action -> Set.of(types).contains(action.type))
        .collect(Collectors.toUnmodifiableSet());
  }
}
