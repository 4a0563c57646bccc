package io.streamkeep.localcloud.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A partition key is in one open shard, and stays in the children of its shard. */
@Tag("fast")
class StreamShardTest {

  private static List<StreamShard> shards(int parts, int before) {
    return IntStream.range(0, parts)
        .mapToObj(part -> StreamShard.of("child", part, parts, Optional.of("parent"), before))
        .toList();
  }

  private static List<Integer> with(List<StreamShard> shards, String key, int commit) {
    Map<String, AttributeValue> keys =
        Map.of("stream", AttributeValue.fromS(key), "commit", AttributeValue.fromN("" + commit));
    return shards.stream()
        .filter(shard -> shard.has("stream", keys))
        .map(StreamShard::part)
        .toList();
  }

  @Test
  void keyIsInExactlyOneShard_whateverItsSortKey() {
    List<StreamShard> shards = shards(4, 4);
    int[] counts = new int[4];
    for (int i = 0; i < 400; i++) {
      List<Integer> parts = with(shards, "order#" + i, 1);

      assertThat(parts).hasSize(1);
      assertThat(with(shards, "order#" + i, 2)).isEqualTo(parts);
      counts[parts.getFirst()]++;
    }
    assertThat(counts)
        .as("an even distribution")
        .satisfies(all -> assertThat(IntStream.of(all).boxed()).allMatch(count -> count > 60));
  }

  @Test
  void childHasOnlyKeysOfItsParent() {
    for (int before : new int[] {1, 2, 4}) {
      List<StreamShard> parents = shards(before, before);
      List<StreamShard> children = shards(2 * before, before);
      for (int i = 0; i < 200; i++) {
        int child = with(children, "order#" + i, 1).getFirst();

        assertThat(children.get(child).parent().orElseThrow().part())
            .isEqualTo(with(parents, "order#" + i, 1).getFirst());
      }
    }
  }

  @Test
  void undividedShardKeepsItsName() {
    assertThat(shards(1, 1)).extracting(StreamShard::id).containsExactly("child");
    assertThat(shards(2, 1))
        .extracting(StreamShard::id)
        .containsExactly("child-1of2", "child-2of2");
    assertThat(shards(2, 1))
        .extracting(shard -> shard.parent().orElseThrow().id())
        .containsExactly("parent", "parent");
  }
}
