package io.streamkeep.localcloud;

import io.streamkeep.localcloud.faults.Faults;
import io.streamkeep.localcloud.services.DynamoDbLocal;
import jakarta.json.JsonObject;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;

/** Holds stream records back until a number of them has come, and then lets go of all. */
final class HeldStream implements Faults {
  private final List<JsonObject> held = new ArrayList<>();
  private int expected = Integer.MAX_VALUE;

  @Override
  public synchronized List<JsonObject> streamRecords(String function, List<JsonObject> records) {
    held.addAll(records);
    if (held.size() < expected) {
      return List.of();
    }
    List<JsonObject> all = List.copyOf(held);
    held.clear();
    return all;
  }

  synchronized void release(int records) {
    expected = records;
  }

  synchronized void pass() {
    expected = 0;
  }

  /**
   * DynamoDB Local closes its shards of itself only after hours; its own test hook is not public.
   */
  void rollShards(LocalCloud cloud) throws ReflectiveOperationException {
    Object handler = field(field(cloud, "database", DynamoDbLocal.class), "database", Object.class);
    Map<?, ?> databases = field(handler, "dbRequestHandlers", Map.class);
    databases
        .values()
        .forEach(database -> ((AmazonDynamoDBLocal) database).triggerShardRollovers());
  }

  private static <T> T field(Object object, String name, Class<T> type)
      throws ReflectiveOperationException {
    Field field = object.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return type.cast(field.get(object));
  }
}
