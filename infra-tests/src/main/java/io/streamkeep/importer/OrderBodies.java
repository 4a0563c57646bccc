package io.streamkeep.importer;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The bodies of the requests that place a file's orders. */
public final class OrderBodies {

  private OrderBodies() {}

  /** In file order, priced in GBP. */
  public static List<String> read(Path file) throws InvalidFileException {
    return ImportPlan.of(new RetailFiles().read(file), Map.of()).orders().stream()
        .map(OrdersClient::placeBody)
        .map(JsonObject::toString)
        .toList();
  }
}
