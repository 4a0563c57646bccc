package io.streamkeep.localcloud.services;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.streamkeep.localcloud.iam.Access;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations need the actions and resources that AWS documents. */
@Tag("fast")
class ProtocolTest {
  private static final String TABLES = "arn:aws:dynamodb:us-east-1:000000000000:table/";
  private static final String QUEUES = "arn:aws:sqs:us-east-1:000000000000:";

  private static JsonObject json(String request) {
    return Json.createReader(new StringReader(request.replace('\'', '"'))).readObject();
  }

  private static List<Access> expected(String service, String resources, String accesses) {
    return Arrays.stream(accesses == null ? new String[0] : accesses.split(", "))
        .map(access -> access.split(" "))
        .map(access -> new Access(service + ":" + access[0], resources + access[1]))
        .toList();
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "GetItem            | {'TableName': 't'}                       | GetItem t",
        "PutItem            | {'TableName': 't'}                       | PutItem t",
        "UpdateItem         | {'TableName': 't'}                       | UpdateItem t",
        "DeleteItem         | {'TableName': 't'}                       | DeleteItem t",
        "DescribeTable      | {'TableName': 't'}                       | DescribeTable t",
        "Query              | {'TableName': 't'}                       | Query t",
        "Query              | {'TableName': 't', 'IndexName': 'i'}     | Query t/index/i",
        "Scan               | {'TableName': 't', 'IndexName': 'i'}     | Scan t/index/i",
        "BatchGetItem       | {'RequestItems': {'t': {}, 'u': {}}}     | BatchGetItem t,"
            + " BatchGetItem u",
        "BatchWriteItem     | {'RequestItems': {'t': []}}              | BatchWriteItem t",
        "TransactGetItems   | {'TransactItems': [{'Get': {'TableName': 't'}}]} | GetItem t",
        "TransactWriteItems | {'TransactItems': [{'Put': {'TableName': 't'}}, {'Put': {'TableName':"
            + " 't'}}, {'Update': {'TableName': 't'}}, {'Delete': {'TableName': 'u'}},"
            + " {'ConditionCheck': {'TableName': 'v'}}]} | PutItem t, UpdateItem t, DeleteItem u,"
            + " ConditionCheckItem v",
        "ExecuteStatement   | {'Statement': 'SELECT * FROM t'}         |",
        "DeleteTable        | {'TableName': 't'}                       |",
      })
  void dynamoDb(String operation, String request, String accesses) {
    assertThat(Protocol.accesses("DynamoDB." + operation, json(request)))
        .isEqualTo(expected("dynamodb", TABLES, accesses));
  }

  /** An iterator begins with the ARN of its stream, as on AWS. */
  @ParameterizedTest
  @CsvSource({
    "GetShardIterator, StreamArn,     us-east-1, ''",
    "GetRecords,       ShardIterator, us-east-1, '|001|c2hhcmQ'",
    "GetRecords,       ShardIterator, ddblocal,  '|001|c2hhcmQ'",
  })
  void streams(String operation, String field, String region, String rest) {
    String arn =
        "arn:aws:dynamodb:" + region + ":000000000000:table/t/stream/2026-01-01T00:00:00.000";
    String request = "{'" + field + "': '" + arn + rest + "'}";

    assertThat(Protocol.accesses("DynamoDBStreams." + operation, json(request)))
        .isEqualTo(expected("dynamodb", TABLES, operation + " t/stream/1970-01-01T00:00:00.000"));
    assertThat(Protocol.translated("DynamoDBStreams." + operation, request.getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo(request.replace("us-east-1", "ddblocal"));
    assertThat(Protocol.translated("DynamoDB.PutItem", request.getBytes(UTF_8)))
        .asString(UTF_8)
        .isEqualTo(request);
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SendMessage                  | {'QueueUrl': 'http://h/0/q'} | sendmessage q",
        "SendMessageBatch             | {'QueueUrl': 'http://h/0/q'} | sendmessage q",
        "ReceiveMessage               | {'QueueUrl': 'http://h/0/q'} | receivemessage q",
        "DeleteMessage                | {'QueueUrl': 'http://h/0/q'} | deletemessage q",
        "DeleteMessageBatch           | {'QueueUrl': 'http://h/0/q'} | deletemessage q",
        "ChangeMessageVisibility      | {'QueueUrl': 'http://h/0/q'} | changemessagevisibility q",
        "ChangeMessageVisibilityBatch | {'QueueUrl': 'http://h/0/q'} | changemessagevisibility q",
        "GetQueueAttributes           | {'QueueUrl': 'http://h/0/q'} | getqueueattributes q",
        "GetQueueUrl                  | {'QueueName': 'q'}           | getqueueurl q",
        "DeleteQueue                  | {'QueueUrl': 'http://h/0/q'} |",
        "StartMessageMoveTask         | {'SourceArn': 'arn:aws:sqs:us-east-1:0:d',"
            + " 'DestinationArn': 'arn:aws:sqs:us-east-1:0:q'} | startmessagemovetask d,"
            + " receivemessage d, deletemessage d, getqueueattributes d, sendmessage q",
      })
  void sqs(String operation, String request, String accesses) {
    assertThat(Protocol.accesses("AmazonSQS." + operation, json(request)))
        .isEqualTo(expected("sqs", QUEUES, accesses));
  }

  @ParameterizedTest
  @CsvSource({"DynamoDB.GetItem, table/t", "DynamoDB.Query, table/t"})
  void tableMayBeNamedByItsArn(String operation, String table) {
    String arn = "arn:aws:dynamodb:us-east-1:000000000000:" + table;
    assertThat(Protocol.accesses(operation, json("{'TableName': '" + arn + "'}")))
        .extracting(Access::resource)
        .containsExactly(arn);
  }
}
