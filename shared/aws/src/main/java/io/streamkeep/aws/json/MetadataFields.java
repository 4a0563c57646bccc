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

/**
 * Metadata as texts by name. Stored format, in commits and parked positions: {@code actor}, {@code
 * correlation}, {@code causation}, {@code trace} (W3C traceparent), {@code traceState}, {@code
 * tenant}; unknown ones are omitted.
 */
public final class MetadataFields {

  private static final String ACTOR = "actor";
  private static final String CORRELATION = "correlation";
  private static final String CAUSATION = "causation";
  private static final String TRACE = "trace";
  private static final String TRACE_STATE = "traceState";
  private static final String TENANT = "tenant";

  private MetadataFields() {}

  public static Map<String, String> write(Metadata metadata) {
    Optional<TraceContext> trace = Optional.ofNullable(metadata.trace());
    Map<String, String> fields = new LinkedHashMap<>();
    Optional.ofNullable(metadata.actor()).ifPresent(it -> fields.put(ACTOR, it.value()));
    Optional.ofNullable(metadata.correlation())
        .ifPresent(it -> fields.put(CORRELATION, it.value()));
    Optional.ofNullable(metadata.causation()).ifPresent(it -> fields.put(CAUSATION, it.value()));
    trace.ifPresent(it -> fields.put(TRACE, it.traceparent()));
    trace.map(TraceContext::tracestate).ifPresent(state -> fields.put(TRACE_STATE, state));
    Optional.ofNullable(metadata.tenant()).ifPresent(it -> fields.put(TENANT, it.value()));
    return fields;
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
