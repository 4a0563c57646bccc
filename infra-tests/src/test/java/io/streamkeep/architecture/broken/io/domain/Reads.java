package io.streamkeep.architecture.broken.io.domain;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

final class Reads {
  @Nullable Path path;
}
