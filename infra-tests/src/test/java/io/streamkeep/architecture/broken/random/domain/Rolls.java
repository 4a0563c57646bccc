package io.streamkeep.architecture.broken.random.domain;

import java.util.UUID;

final class Rolls {
  final UUID id = UUID.randomUUID();
}
