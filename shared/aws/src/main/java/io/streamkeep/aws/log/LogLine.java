package io.streamkeep.aws.log;

import com.amazonaws.services.lambda.runtime.Context;
import io.streamkeep.aws.json.Json;
import io.streamkeep.kernel.metadata.CorrelationId;
import io.streamkeep.kernel.metadata.Metadata;
import io.streamkeep.kernel.metadata.Timestamp;
import io.streamkeep.kernel.store.StreamId;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line of a function's log: one JSON object on standard output. Its counters make it a record of
 * CloudWatch's embedded metric format as well. It takes no free text, so that no payload can reach
 * the log: ids are typed, and names must match a pattern.
 *
 * <p>It does not use {@code context.getLogger()}, which wraps a message as a string when the log
 * format is JSON. JSON on standard output is left unchanged; {@code level} and {@code timestamp}
 * are where Lambda's filter expects them.
 *
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/java-logging.html">Log and monitor
 *     Java Lambda functions</a>, "doesn't double-encode any logs that are already JSON encoded"
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public final class LogLine {

  /** A name from code or template, such as a route; without digits, so it can't be an id. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z/{}-]{1,100}");

  /** Not {@code Context.getXrayTraceId}, which Lambda's own copy of the interface may lack. */
  private static final String TRACE_HEADER = "com.amazonaws.xray.traceHeader";

  private static final Pattern TRACE = Pattern.compile("Root=(1-[0-9a-f]{8}-[0-9a-f]{24})");

  private final String function;
  private final @Nullable String requestId;
  private final LogEvent event;
  private final InstantSource clock;
  private final long start = System.nanoTime();
  private final JsonObjectBuilder fields = Json.object();
  private final Map<Metric, Long> counts = new EnumMap<>(Metric.class);
  private String level = "INFO";

  private LogLine(
      String function, @Nullable String requestId, LogEvent event, InstantSource clock) {
    this.function = function;
    this.requestId = requestId;
    this.event = event;
    this.clock = clock;
  }

  /** Starts a line; its duration ends when it is written. */
  public static LogLine start(Context context, LogEvent event, InstantSource clock) {
    return new LogLine(context.getFunctionName(), context.getAwsRequestId(), event, clock);
  }

  /** A line outside of an invocation. */
  public static LogLine outside(LogEvent event, InstantSource clock) {
    String function = Objects.requireNonNull(System.getenv("AWS_LAMBDA_FUNCTION_NAME"));
    return new LogLine(function, null, event, clock);
  }

  /** Another line of the same invocation. */
  public LogLine another(LogEvent event) {
    return new LogLine(function, requestId, event, clock);
  }

  public LogLine stream(StreamId stream) {
    fields.add("stream", stream.toString());
    return this;
  }

  public LogLine id(String field, CorrelationId value) {
    fields.add(field, value.value());
    return this;
  }

  /** The metadata of the commit that the line is about. */
  public LogLine metadata(Metadata metadata) {
    for (LoggedId id : LoggedId.values()) {
      id.of(metadata).ifPresent(value -> fields.add(id.field(), value));
    }
    return this;
  }

  /** The metadata of several commits, as lists: {@code correlationIds} and so on. */
  public LogLine metadata(List<Metadata> parts) {
    for (LoggedId id : LoggedId.values()) {
      JsonArrayBuilder values = Json.array();
      parts.stream().map(id::of).flatMap(Optional::stream).distinct().forEach(values::add);
      fields.add(id.field() + "s", values);
    }
    return this;
  }

  /** A name from code or template; anything else is omitted. */
  public LogLine name(String field, String value) {
    if (NAME.matcher(value).matches()) {
      fields.add(field, value);
    }
    return this;
  }

  public LogLine number(String field, long value) {
    fields.add(field, value);
    return this;
  }

  /** Turns the line into an error. */
  public LogLine failure(Throwable failure) {
    level = "ERROR";
    fields.add("failure", ExceptionJson.of(failure));
    return this;
  }

  /** Adds to a counter; without additions there is no data point rather than a 0. */
  public LogLine count(Metric metric, long times) {
    if (times > 0) {
      counts.merge(metric, times, Long::sum);
    }
    return this;
  }

  public void write() {
    System.out.println(json());
  }

  /** The line as JSON; call it once. */
  public JsonObject json() {
    return json(clock.instant(), Duration.ofNanos(System.nanoTime() - start));
  }

  JsonObject json(Instant now, Duration duration) {
    JsonObjectBuilder json =
        Json.object()
            .add("timestamp", Timestamp.format(now))
            .add("level", level)
            .add("message", event.message())
            .add("function", function);
    if (requestId != null) {
      json.add("requestId", requestId);
    }
    Matcher trace = TRACE.matcher(System.getProperty(TRACE_HEADER, ""));
    if (trace.find()) {
      json.add("traceId", trace.group(1));
    }
    json.addAll(fields).add("durationMs", duration.toMillis());
    if (!counts.isEmpty()) {
      addMetrics(json, now);
    }
    return json.build();
  }

  private void addMetrics(JsonObjectBuilder json, Instant now) {
    JsonArrayBuilder metrics = Json.array();
    counts.forEach(
        (metric, times) -> {
          json.add(metric.title(), times);
          metrics.add(Json.object().add("Name", metric.title()).add("Unit", "Count"));
        });
    json.add("FunctionName", function)
        .add(
            "_aws",
            Json.object()
                .add("Timestamp", now.toEpochMilli())
                .add(
                    "CloudWatchMetrics",
                    Json.array()
                        .add(
                            Json.object()
                                .add("Namespace", Metric.NAMESPACE)
                                .add(
                                    "Dimensions",
                                    Json.array().add(Json.array().add("FunctionName")))
                                .add("Metrics", metrics))));
  }
}
