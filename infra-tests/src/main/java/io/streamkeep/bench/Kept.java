package io.streamkeep.bench;

import io.streamkeep.kernel.projection.View;

import org.jspecify.annotations.Nullable;

/**
 * What a subscriber keeps of a stream: its cursor, and a row if it is a view.
 *
 * @param name the subscriber's
 */
record Kept(String name, @Nullable View view) {

  static Kept of(View view) {
    return new Kept(view.name(), view);
  }
}
