package io.streamkeep.domain.module;

import io.streamkeep.domain.json.ObjectReader;
import java.time.Instant;

/** Reads a command from the body of a request. */
@FunctionalInterface
public interface RequestReader<C> {

  /**
   * The command in a body; errors in the body are reported to the reader.
   *
   * @param now the time of the request, in milliseconds
   */
  C read(ObjectReader body, Instant now);
}
