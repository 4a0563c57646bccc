package io.streamkeep.bench;

import io.streamkeep.kernel.store.CommandId;
import io.streamkeep.kernel.store.StreamId;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromN;
import static software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is lost, doubled or missing in a table is found. */
@Tag("slow")
final class ReadBackTest {

  private static final StreamId STREAM = new StreamId("shelf", "1");

  private @Nullable Tables opened;

  @BeforeEach
  void write() throws Exception {
    opened = Tables.of(Path.of("..", "template.yaml"));
    Commander commander = new Commander(tables().plain(), Commander.WARM);
    for (int i = 1; i <= 5; i++) {
      commander.handle(STREAM, Commander.id(STREAM, i), Goods.readable(i, 1, 120), incident -> {});
    }
  }

  @AfterEach
  void close() {
    tables().close();
  }

  private Tables tables() {
    return requireNonNull(opened);
  }

  private ReadBack readBack() {
    Set<CommandId> expected =
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> Commander.id(STREAM, i))
            .collect(Collectors.toSet());
    return ReadBack.of(tables().plain(), "shelf", expected);
  }

  private static Map<String, AttributeValue> key(int commit) {
    return Map.of("stream", fromS(STREAM.toString()), "commit", fromN(Integer.toString(commit)));
  }

  private void put(int like, UnaryOperator<Map<String, AttributeValue>> changed) {
    Map<String, AttributeValue> item =
        tables().plain().getItem(get -> get.tableName(Tables.EVENTS).key(key(like))).item();
    tables()
        .plain()
        .putItem(put -> put.tableName(Tables.EVENTS).item(changed.apply(new HashMap<>(item))));
  }

  @Test
  void whatIsThereOnceIsRight() {
    assertThat(readBack()).isEqualTo(new ReadBack(5, 0, 0, 0)).matches(ReadBack::right);
  }

  @Test
  void aCommandWithoutACommitIsLostAndItsNumberMissing() {
    tables().plain().deleteItem(d -> d.tableName(Tables.EVENTS).key(key(3)));

    assertThat(readBack()).isEqualTo(new ReadBack(5, 1, 0, 1)).matches(found -> !found.right());
  }

  @Test
  void aCommandWithTwoCommitsIsDoubled() {
    put(
        5,
        item -> {
          item.put("commit", fromN("6"));
          return item;
        });

    assertThat(readBack()).isEqualTo(new ReadBack(5, 0, 1, 0)).matches(found -> !found.right());
  }
}
