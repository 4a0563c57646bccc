package io.streamkeep.kernel.lease;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The permanent stored format of lease events: a name, a schema version, a JSON object. Their
 * values need no escapes, so no JSON library is involved; only data that this codec could have
 * written is read.
 */
public final class LeaseEventCodec implements EventCodec<LeaseEvent> {

  static final Pattern HOLDER = Pattern.compile("[ -!#-\\[\\]-~]{1,128}");

  private static final String ACQUIRED = "lease.acquired";
  private static final String RENEWED = "lease.renewed";
  private static final String RELEASED = "lease.released";

  private static final Pattern ACQUIRED_DATA =
      Pattern.compile("\\{\"holder\":\"(" + HOLDER + ")\",\"until\":\"([^\"]+)\"}");
  private static final Pattern RENEWED_DATA = Pattern.compile("\\{\"until\":\"([^\"]+)\"}");
  private static final Pattern RELEASED_DATA = Pattern.compile("\\{}");

  @Override
  public RecordedEvent encode(LeaseEvent event) {
    return switch (event) {
      case LeaseEvent.Acquired(String holder, Instant until) ->
          new RecordedEvent(
              ACQUIRED, 1, "{\"holder\":\"" + holder + "\",\"until\":\"" + until + "\"}");
      case LeaseEvent.Renewed(Instant until) ->
          new RecordedEvent(RENEWED, 1, "{\"until\":\"" + until + "\"}");
      case LeaseEvent.Released() -> new RecordedEvent(RELEASED, 1, "{}");
    };
  }

  @Override
  public LeaseEvent decode(RecordedEvent event) {
    String name = event.type() + ".v" + event.version();
    return switch (name) {
      case ACQUIRED + ".v1" -> {
        Matcher data = match(ACQUIRED_DATA, event.data(), name);
        yield new LeaseEvent.Acquired(data.group(1), instant(data.group(2), name));
      }
      case RENEWED + ".v1" ->
          new LeaseEvent.Renewed(instant(match(RENEWED_DATA, event.data(), name).group(1), name));
      case RELEASED + ".v1" -> {
        match(RELEASED_DATA, event.data(), name);
        yield new LeaseEvent.Released();
      }
      default -> throw new UnreadableException("Unknown event " + name);
    };
  }

  static Matcher match(Pattern form, String data, String what) {
    Matcher matcher = form.matcher(data);
    if (!matcher.matches()) {
      throw new UnreadableException(what + " is broken");
    }
    return matcher;
  }

  static Instant instant(String text, String what) {
    try {
      return Instant.parse(text);
    } catch (DateTimeException e) {
      throw new UnreadableException(what + " has no time");
    }
  }
}
