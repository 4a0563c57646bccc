package io.streamkeep.template;

import static io.streamkeep.template.TemplateTree.at;
import static io.streamkeep.template.TemplateTree.attribute;
import static io.streamkeep.template.TemplateTree.events;
import static io.streamkeep.template.TemplateTree.number;
import static io.streamkeep.template.TemplateTree.ref;
import static io.streamkeep.template.TemplateTree.text;

import io.streamkeep.aws.sqs.VisibilityBackoff;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A rule for the template, which reports the resources that break it. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas that hold no state
enum Rule {
  STREAM_MAPPINGS_REPORT_BATCH_ITEM_FAILURES(ofMappings("DynamoDB", Rule::partial)),
  STREAM_MAPPINGS_DISCARD_WITHIN_THE_STREAMS_DAY(
      ofMappings(
          "DynamoDB",
          mapping ->
              number(mapping, "MaximumRecordAgeInSeconds") >= 60
                  && number(mapping, "MaximumRecordAgeInSeconds") < 86_400)),
  STREAM_MAPPINGS_HAVE_A_FAILURE_DESTINATION(
      ofMappings(
          "DynamoDB",
          mapping ->
              !attribute(at(mapping, "DestinationConfig", "OnFailure"), "Destination").isEmpty())),
  QUEUE_MAPPINGS_REPORT_BATCH_ITEM_FAILURES(ofMappings("SQS", Rule::partial)),
  QUEUE_MAPPINGS_LIMIT_THEIR_CONCURRENCY(
      ofMappings(
          "SQS", mapping -> number(at(mapping, "ScalingConfig"), "MaximumConcurrency") >= 2)),
  QUEUES_ARE_ENCRYPTED(
      of(
          "AWS::SQS::Queue",
          (template, queue) ->
              text(queue.properties(), "SqsManagedSseEnabled").equals("true")
                  || queue.properties().containsKey("KmsMasterKeyId"))),
  QUEUES_HAVE_OR_ARE_DEAD_LETTER_QUEUES(
      of(
          "AWS::SQS::Queue",
          (template, queue) ->
              queue.properties().containsKey("RedrivePolicy")
                  || (deadLetters(template).anyMatch(arn -> arn.equals(queue.id() + ".Arn"))
                      && readFrom(template).noneMatch(arn -> arn.equals(queue.id() + ".Arn"))))),
  QUEUES_HAVE_AN_ALARM(
      of("AWS::SQS::Queue", (template, queue) -> !watchedQueue(template, queue.id()).isEmpty())),
  AGE_ALARMS_ALLOW_FOR_ALL_RECEIVES(
      of(
          "AWS::SQS::Queue",
          (template, queue) ->
              readFrom(template).noneMatch(arn -> arn.equals(queue.id() + ".Arn"))
                  || template.resources("AWS::CloudWatch::Alarm").values().stream()
                      .map(alarm -> at(alarm, "Properties"))
                      .filter(alarm -> isOfAge(alarm, queue.id()))
                      .allMatch(alarm -> number(alarm, "Threshold") > secondsOfRetries(queue)))),
  VISIBILITY_TIMEOUTS_ARE_SIX_FUNCTION_TIMEOUTS(
      ofFunctions(
          (template, function) ->
              events(function.properties(), "SQS")
                  .map(mapping -> attribute(mapping, "Queue").replace(".Arn", ""))
                  .map(queue -> at(template.root(), "Resources", queue, "Properties"))
                  .allMatch(
                      queue ->
                          number(queue, "VisibilityTimeout")
                              >= 6 * number(function.properties(), "Timeout")))),
  TABLES_CAN_BE_RECOVERED(
      of(
          "AWS::DynamoDB::Table",
          (template, table) ->
              text(
                          at(table.properties(), "PointInTimeRecoverySpecification"),
                          "PointInTimeRecoveryEnabled")
                      .equals("true")
                  && Stream.of("DeletionPolicy", "UpdateReplacePolicy")
                      .allMatch(policy -> text(table.resource(), policy).equals("Retain")))),
  TABLES_ARE_ENCRYPTED(
      of(
          "AWS::DynamoDB::Table",
          (template, table) ->
              text(at(table.properties(), "SSESpecification"), "SSEEnabled").equals("true"))),
  TABLES_ARE_PROTECTED_BY_A_PARAMETER(
      of(
          "AWS::DynamoDB::Table",
          (template, table) ->
              at(template.root(), "Parameters")
                  .containsKey(ref(table.properties(), "DeletionProtectionEnabled")))),
  FUNCTIONS_TIME_OUT_BEFORE_THE_GATEWAY(
      ofFunctions(
          (template, function) -> {
            int timeout = number(function.properties(), "Timeout");
            return timeout > 0 && timeout < 29;
          })),
  FUNCTIONS_ARE_TRACED(
      ofFunctions((template, function) -> text(function.properties(), "Tracing").equals("Active"))),
  LOGS_HAVE_A_RETENTION(
      ofFunctions(
          (template, function) -> {
            String group = ref(at(function.properties(), "LoggingConfig"), "LogGroup");
            return at(template.root(), "Resources", group, "Properties")
                .containsKey("RetentionInDays");
          })),
  FUNCTIONS_ARE_WATCHED(
      ofFunctions(
          (template, function) -> {
            JsonObject properties = function.properties();
            Set<String> watched = watchedFunction(template, function.id());
            Stream<String> queues =
                events(properties, "SQS").map(event -> attribute(event, "Queue"));
            return (events(properties, "DynamoDB").findAny().isEmpty()
                    || watched.contains("IteratorAge"))
                && (events(properties, "Schedule").findAny().isEmpty()
                    || watched.containsAll(Set.of("Invocations", "Errors")))
                && (properties.containsKey("Events") || watched.contains("Unavailable"))
                && queues.allMatch(
                    queue ->
                        watchedQueue(template, queue.replace(".Arn", ""))
                            .contains("ApproximateAgeOfOldestMessage"));
          })),
  LAG_AND_FAILED_REQUESTS_PAGE(
      of(
          "AWS::CloudWatch::Alarm",
          (template, alarm) ->
              metrics(alarm.properties())
                      .map(metric -> text(metric, "MetricName"))
                      .noneMatch(
                          Set.of("5XXError", "IteratorAge", "ApproximateAgeOfOldestMessage")
                              ::contains)
                  || at(template.root(), "Resources", "PageAlarm", "Properties", "AlarmRule")
                      .toString()
                      .contains("${" + alarm.id() + ".Arn}"))),
  ONLY_PAGES_NOTIFY(
      template ->
          Stream.concat(
                  template.resources("AWS::CloudWatch::Alarm").entrySet().stream()
                      .filter(alarm -> notifies(alarm.getValue())),
                  template.resources("AWS::CloudWatch::CompositeAlarm").entrySet().stream()
                      .filter(alarm -> !notifies(alarm.getValue())))
              .map(Map.Entry::getKey)
              .toList()),
  PROD_NEEDS_AN_ADDRESS(
      template ->
          at(template.root(), "Rules").values().stream()
                  .map(JsonValue::toString)
                  .anyMatch(
                      rule ->
                          rule.contains("[{\"Ref\":\"Stage\"},\"prod\"]")
                              && rule.contains(
                                  "{\"Fn::Not\":[{\"Fn::Equals\":[{\"Ref\":\"AlarmEmail\"},\"\"]}]}"))
              ? List.of()
              : List.of("Rules")),
  FUNCTIONS_ARE_INVOKED_BY_ALIAS(
      ofFunctions(
          (template, function) ->
              !text(function.properties(), "AutoPublishAlias").isEmpty()
                  && !template.root().toString().contains("${" + function.id() + ".Arn}"))),
  FUNCTIONS_ARE_PUBLISHED_BY_RELEASE(
      ofFunctions(
          (template, function) ->
              ref(function.properties(), "AutoPublishCodeSha256").equals("ReleaseId"))),
  RELEASES_ARE_ROLLED_BACK_ON_ALARMS(
      ofFunctions(
          (template, function) -> {
            JsonObject rollout = at(function.properties(), "DeploymentPreference");
            Set<String> alarms = template.resources("AWS::CloudWatch::Alarm").keySet();
            return ref(rollout, "Type").equals("Rollout")
                && rollout.containsKey("Alarms")
                && !rollout.getJsonArray("Alarms").isEmpty()
                && rollout.getJsonArray("Alarms").getValuesAs(JsonObject.class).stream()
                    .allMatch(alarm -> alarms.contains(text(alarm, "Ref")));
          })),
  THE_API_IS_LOGGED_WITHOUT_PERSONAL_DATA(
      of(
          "AWS::Serverless::Api",
          (template, api) -> {
            JsonObject log = at(api.properties(), "AccessLogSetting");
            Set<String> variables = variables(text(log, "Format"));
            String group = attribute(log, "DestinationArn").replace(".Arn", "");
            return variables.contains("requestId")
                && namesNobody(variables)
                && at(template.root(), "Resources", group, "Properties")
                    .containsKey("RetentionInDays");
          })),
  THE_API_WAITS_FOR_THE_ACCOUNTS_LOG_ROLE(
      of(
          "AWS::Serverless::Api",
          (template, api) ->
              template
                  .resources("AWS::ApiGateway::Account")
                  .containsKey(text(api.resource(), "DependsOn")))),
  API_FUNCTIONS_USE_SNAPSTART(
      ofFunctions(
          (template, function) ->
              function.properties().containsKey("Events")
                  || text(at(function.properties(), "SnapStart"), "ApplyOn")
                      .equals("PublishedVersions"))),
  THE_API_AND_ITS_HEAVY_ROUTES_ARE_THROTTLED(
      of(
          "AWS::Serverless::Api",
          (template, api) -> {
            Set<String> throttled = throttled(api.properties());
            JsonObject paths = at(api.properties(), "DefinitionBody", "paths");
            return throttled.containsAll(HeavyRoutes.ALL)
                && throttled.contains("* *")
                && throttled.stream()
                    .filter(route -> !route.equals("* *"))
                    .map(route -> route.split(" ", 2))
                    .allMatch(
                        route ->
                            at(paths, route[1]).containsKey(route[0].toLowerCase(Locale.ROOT)));
          })),
  THE_API_REQUIRES_SIGNED_REQUESTS(
      of(
          "AWS::Serverless::Api",
          (template, api) ->
              text(at(api.properties(), "Auth"), "DefaultAuthorizer").equals("AWS_IAM")
                  && !api.resource().toString().matches(".*\"(Authorizer|security)\".*"))),
  PERMISSIONS_NAME_A_SERVICE_AND_A_SOURCE(
      of(
          "AWS::Lambda::Permission",
          (template, permission) ->
              text(permission.properties(), "Principal").endsWith(".amazonaws.com")
                  && permission.properties().containsKey("SourceArn"))),
  NOTHING_IS_PUBLIC(
      template ->
          at(template.root(), "Resources").entrySet().stream()
              .filter(
                  resource ->
                      resource
                          .getValue()
                          .toString()
                          .matches(
                              ".*(\"Principal\":(\"\\*\"|\\{\"AWS\":\"?\\[?\"\\*\")"
                                  + "|\"FunctionUrlConfig\"|\"PublicAccessBlockConfiguration\").*"))
              .map(Map.Entry::getKey)
              .toList());

  private final Function<TemplateTree, List<String>> breaches;

  Rule(Function<TemplateTree, List<String>> breaches) {
    this.breaches = breaches;
  }

  /** The logical ids of the resources that break the rule. */
  List<String> breaches(TemplateTree template) {
    return breaches.apply(template);
  }

  /** A resource with its properties; a function's include Globals. */
  private record Resource(String id, JsonObject resource, JsonObject properties) {}

  private static Function<TemplateTree, List<String>> of(
      String type, BiPredicate<TemplateTree, Resource> holds) {
    return template ->
        template.resources(type).entrySet().stream()
            .map(
                entry ->
                    new Resource(
                        entry.getKey(), entry.getValue(), at(entry.getValue(), "Properties")))
            .filter(resource -> !holds.test(template, resource))
            .map(Resource::id)
            .toList();
  }

  private static Function<TemplateTree, List<String>> ofFunctions(
      BiPredicate<TemplateTree, Resource> holds) {
    return template ->
        template.functions().entrySet().stream()
            .map(entry -> new Resource(entry.getKey(), entry.getValue(), entry.getValue()))
            .filter(function -> !holds.test(template, function))
            .map(Resource::id)
            .toList();
  }

  private static Function<TemplateTree, List<String>> ofMappings(
      String type, Predicate<JsonObject> holds) {
    return ofFunctions((template, function) -> events(function.properties(), type).allMatch(holds));
  }

  private static boolean partial(JsonObject mapping) {
    return mapping.containsKey("FunctionResponseTypes")
        && mapping.getJsonArray("FunctionResponseTypes").toString().contains("ReportBatchItem");
  }

  /** The ARNs, as {@code Queue.Arn}, of dead-letter queues and failure destinations. */
  private static Stream<String> deadLetters(TemplateTree template) {
    return Stream.concat(
        template.resources("AWS::SQS::Queue").values().stream()
            .map(queue -> at(queue, "Properties", "RedrivePolicy"))
            .map(policy -> attribute(policy, "deadLetterTargetArn")),
        template.functions().values().stream()
            .flatMap(function -> events(function, "DynamoDB"))
            .map(mapping -> at(mapping, "DestinationConfig", "OnFailure"))
            .map(destination -> attribute(destination, "Destination")));
  }

  /** The ARNs of the queues that functions read, whose messages may fail again. */
  private static Stream<String> readFrom(TemplateTree template) {
    return template.functions().values().stream()
        .flatMap(function -> events(function, "SQS"))
        .map(mapping -> attribute(mapping, "Queue"));
  }

  /** The routes whose requests wait, or read many items. */
  private static final class HeavyRoutes {
    static final Set<String> ALL =
        Set.of(
            "GET /feed",
            "HEAD /feed",
            "GET /sales",
            "HEAD /sales",
            "GET /orders/{id}/events",
            "HEAD /orders/{id}/events",
            "GET /operations/lag",
            "HEAD /operations/lag",
            "POST /operations/parked/redrive");
  }

  /** The routes with a throttle, as method and path; {@code * *} is that of all routes. */
  private static Set<String> throttled(JsonObject api) {
    return api.getOrDefault("MethodSettings", JsonValue.EMPTY_JSON_ARRAY).asJsonArray().stream()
        .map(JsonValue::asJsonObject)
        .filter(setting -> !ref(setting, "ThrottlingRateLimit").isEmpty())
        .filter(setting -> !ref(setting, "ThrottlingBurstLimit").isEmpty())
        .map(
            setting ->
                text(setting, "HttpMethod")
                    + " "
                    + text(setting, "ResourcePath").substring(1).replace("~1", "/"))
        .collect(Collectors.toSet());
  }

  private static boolean notifies(JsonObject alarm) {
    return !at(alarm, "Properties")
        .getOrDefault("AlarmActions", JsonValue.EMPTY_JSON_ARRAY)
        .asJsonArray()
        .isEmpty();
  }

  /** The metrics of an alarm, several of them if it has an expression. */
  private static Stream<JsonObject> metrics(JsonObject alarm) {
    return alarm.containsKey("Metrics")
        ? alarm.getJsonArray("Metrics").getValuesAs(JsonObject.class).stream()
            .map(query -> at(query, "MetricStat", "Metric"))
            .filter(metric -> !metric.isEmpty())
        : Stream.of(alarm);
  }

  private static Set<String> watchedFunction(TemplateTree template, String id) {
    return watched(template, "FunctionName", value -> text(value, "Ref").equals(id));
  }

  private static Set<String> watchedQueue(TemplateTree template, String id) {
    return watched(
        template, "QueueName", value -> text(value, "Fn::GetAtt").equals(id + ".QueueName"));
  }

  /** The metrics with a dimension that an alarm exists for. */
  private static Set<String> watched(
      TemplateTree template, String dimension, Predicate<JsonObject> value) {
    return template.resources("AWS::CloudWatch::Alarm").values().stream()
        .flatMap(alarm -> metrics(at(alarm, "Properties")))
        .filter(metric -> has(metric, dimension, value))
        .map(metric -> text(metric, "MetricName"))
        .collect(Collectors.toSet());
  }

  /** The seconds between the first and the last receive of a message that always fails. */
  private static long secondsOfRetries(Resource queue) {
    return IntStream.range(1, number(at(queue.properties(), "RedrivePolicy"), "maxReceiveCount"))
        .mapToObj(VisibilityBackoff::delay)
        .mapToLong(Duration::toSeconds)
        .sum();
  }

  /** True for the alarm on the age of a queue's messages. */
  private static boolean isOfAge(JsonObject alarm, String queue) {
    return metrics(alarm)
        .filter(metric -> text(metric, "MetricName").equals("ApproximateAgeOfOldestMessage"))
        .anyMatch(metric -> isOfQueue(metric, queue));
  }

  private static boolean isOfQueue(JsonObject metric, String queue) {
    return has(
        metric, "QueueName", value -> text(value, "Fn::GetAtt").equals(queue + ".QueueName"));
  }

  private static boolean has(JsonObject metric, String dimension, Predicate<JsonObject> value) {
    return metric.getJsonArray("Dimensions").getValuesAs(JsonObject.class).stream()
        .filter(each -> text(each, "Name").equals(dimension))
        .anyMatch(each -> value.test(at(each, "Value")));
  }

  /** The variables of an access log's format. */
  private static Set<String> variables(String format) {
    return Pattern.compile("\\$context[.]([A-Za-z.]+)")
        .matcher(format)
        .results()
        .map(variable -> variable.group(1))
        .collect(Collectors.toSet());
  }

  /** True if these variables of a request have no path, query, address or signer. */
  private static boolean namesNobody(Set<String> variables) {
    return Set.of(
            "requestId",
            "requestTime",
            "httpMethod",
            "resourcePath",
            "status",
            "responseLatency",
            "integration.status",
            "integration.latency",
            "responseLength",
            "error.responseType",
            "xrayTraceId")
        .containsAll(variables);
  }
}
