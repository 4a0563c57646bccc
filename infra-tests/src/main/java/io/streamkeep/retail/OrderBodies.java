package io.streamkeep.retail;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The orders of a UCI Online Retail CSV as bodies of the requests that place them. */
public final class OrderBodies {

  private OrderBodies() {}

  /** Those that can be placed, in the file's order, priced in GBP. */
  public static List<String> read(Path file) throws BadFileException {
    return Plan.of(new RetailFiles().read(file), Map.of()).orders().stream()
        .map(Commands::body)
        .map(JsonObject::toString)
        .toList();
  }
}
