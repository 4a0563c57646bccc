package io.streamkeep.aws.json;

import io.streamkeep.kernel.metadata.Actor;
import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Metadata as texts by name. Stored format, in commits and parked positions: {@code actor}, {@code
 * correlation}, {@code causation}, {@code trace} (W3C traceparent), {@code traceState}, {@code
 * tenant}; unknown ones are omitted.
 */
public final class MetadataFields {

  static final String ACTOR = "actor";
  static final String CORRELATION = "correlation";
  static final String CAUSATION = "causation";
  static final String TRACE = "trace";
  static final String TRACE_STATE = "traceState";
  static final String TENANT = "tenant";

  private MetadataFields() {}

  public static Map<String, String> write(Metadata metadata) {
    TraceContext trace = metadata.trace();
    Map<String, String> fields = new LinkedHashMap<>();
    put(fields, ACTOR, metadata.actor(), Actor::value);
    put(fields, CORRELATION, metadata.correlation(), CorrelationId::value);
    put(fields, CAUSATION, metadata.causation(), CausationId::value);
    put(fields, TRACE, trace, TraceContext::traceparent);
    put(fields, TRACE_STATE, trace == null ? null : trace.tracestate(), state -> state);
    put(fields, TENANT, metadata.tenant(), TenantId::value);
    return fields;
  }

  private static <T> void put(
      Map<String, String> fields, String name, @Nullable T value, Function<T, String> text) {
    if (value != null) {
      fields.put(name, text.apply(value));
    }
  }

  /**
   * Reads the fields; throws {@link IllegalArgumentException} if one is invalid.
   *
   * @param field a field's text by its name, empty if it is absent
   */
  public static Metadata read(Function<String, Optional<String>> field) {
    return new Metadata(
        field.apply(ACTOR).map(Actor::new).orElse(null),
        field.apply(CORRELATION).map(CorrelationId::new).orElse(null),
        field.apply(CAUSATION).map(CausationId::new).orElse(null),
        field
            .apply(TRACE)
            .map(parent -> new TraceContext(parent, field.apply(TRACE_STATE).orElse(null)))
            .orElse(null),
        field.apply(TENANT).map(TenantId::new).orElse(null));
  }
}
