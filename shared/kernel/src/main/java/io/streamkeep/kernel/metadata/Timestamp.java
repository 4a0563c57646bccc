package io.streamkeep.kernel.metadata;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/**
 * Times as text in UTC, always with milliseconds, such as {@code 2026-03-01T10:15:30.000Z}: of the
 * same length in the years 0 to 9999, so that text order is the order of time.
 */
public final class Timestamp {

  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

  private Timestamp() {}

  /** The time without what is finer than milliseconds; {@link Instant#parse} reads it. */
  public static String format(Instant time) {
    return MILLISECONDS.format(time);
  }
}
