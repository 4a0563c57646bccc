package io.streamkeep.aws.log;

import io.streamkeep.kernel.metadata.CausationId;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.TenantId;
import io.streamkeep.kernel.metadata.TraceContext;
import java.util.Optional;

/** Ids in a commit's metadata that are logged. The actor is not: it may name a person. */
enum LoggedId {
  CORRELATION("correlationId"),
  CAUSATION("causationId"),
  /** Not {@code traceId}, which is the invocation's X-Ray trace. */
  TRACE("w3cTraceId"),
  TENANT("tenantId");

  private final String field;

  LoggedId(String field) {
    this.field = field;
  }

  /** The name of its field in a log line. */
  String field() {
    return field;
  }

  Optional<String> of(Metadata metadata) {
    return switch (this) {
      case CORRELATION -> Optional.ofNullable(metadata.correlation()).map(CorrelationId::value);
      case CAUSATION -> Optional.ofNullable(metadata.causation()).map(CausationId::value);
      case TRACE -> Optional.ofNullable(metadata.trace()).map(TraceContext::traceId);
      case TENANT -> Optional.ofNullable(metadata.tenant()).map(TenantId::value);
    };
  }
}
