package io.streamkeep.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromB;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromBool;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromL;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromM;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNs;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromNul;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromSs;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Every rule of DynamoDB's documentation on item sizes, and rounding. */
final class ItemSizeTest {

  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of(fromS(""), 0),
        Arguments.of(fromS("abc"), 3),
        Arguments.of(fromS("Zoë \uD83D\uDE00"), 9),
        Arguments.of(fromN("0"), 2),
        Arguments.of(fromN("7"), 2),
        Arguments.of(fromN("27"), 2),
        Arguments.of(fromN("123"), 3),
        Arguments.of(fromN("-123"), 4),
        Arguments.of(fromN("1000000"), 2),
        Arguments.of(fromN("0.00012"), 2),
        Arguments.of(fromN("1.2E+10"), 2),
        Arguments.of(fromN("12345678901234567890123456789012345678"), 20),
        Arguments.of(fromB(SdkBytes.fromByteArray(new byte[5])), 5),
        Arguments.of(fromBool(false), 1),
        Arguments.of(fromNul(true), 1),
        Arguments.of(fromL(List.of()), 3),
        Arguments.of(fromM(Map.of()), 3),
        Arguments.of(fromL(List.of(fromS("ab"), fromN("1"))), 3 + 2 + 2 + 2),
        Arguments.of(fromM(Map.of("k", fromS("ab"), "n", fromN("1"))), 3 + 2 + 3 + 3),
        Arguments.of(fromL(List.of(fromM(Map.of("k", fromNul(true))))), 3 + 1 + 3 + 1 + 2),
        Arguments.of(fromSs(List.of("a", "bc")), 3),
        Arguments.of(fromNs(List.of("1", "100")), 4));
  }

  @ParameterizedTest
  @MethodSource("values")
  void valueHasTheDocumentedSize(AttributeValue value, long bytes) {
    assertThat(ItemSize.of(Map.of("é", value))).isEqualTo(2 + bytes);
  }

  @Test
  void itemSizeIsTheSumOfNamesAndValues() {
    assertThat(ItemSize.of(Map.of("stream", fromS("order#1"), "commit", fromN("12"))))
        .isEqualTo(6 + 7 + 6 + 2);
    assertThat(ItemSize.of(Map.of())).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0,1,1", "1024,1,1", "1025,2,1", "4096,4,1", "4097,5,2", "409600,400,100"})
  void startedUnitsCount(long bytes, long writeUnits, long readUnits) {
    assertThat(ItemSize.writeUnits(bytes)).isEqualTo(writeUnits);
    assertThat(ItemSize.readUnits(bytes)).isEqualTo(readUnits);
  }
}
