package io.streamkeep.domain.module;

import io.streamkeep.domain.json.ObjectReader;
import java.time.Instant;

/** Reads a command from the body of a request. */
@FunctionalInterface
public interface RequestReader<C> {

  /**
   * The command that a body asks for; what is wrong with the body is reported to the reader.
   *
   * @param now when the request came, in milliseconds
   */
  C read(ObjectReader body, Instant now);
}
