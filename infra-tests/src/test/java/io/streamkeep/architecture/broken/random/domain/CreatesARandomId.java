package io.streamkeep.architecture.broken.random.domain;

import java.util.UUID;

final class CreatesARandomId {
  final UUID id = UUID.randomUUID();
}
