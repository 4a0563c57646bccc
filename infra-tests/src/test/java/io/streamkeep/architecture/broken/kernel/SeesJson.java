package io.streamkeep.architecture.broken.kernel;

import jakarta.json.JsonObject;
import org.jspecify.annotations.Nullable;

final class SeesJson {
  @Nullable JsonObject json;
}
