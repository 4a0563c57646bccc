package io.streamkeep.localcloud.faults;

import io.streamkeep.localcloud.iam.Access;
import io.streamkeep.localcloud.iam.Permissions;
import io.streamkeep.localcloud.template.FunctionSpec;
import io.streamkeep.localcloud.template.PhysicalNames;
import io.streamkeep.localcloud.template.QueueSpec;
import io.streamkeep.localcloud.template.SourceSpec;
import io.streamkeep.localcloud.template.TableSpec;
import io.streamkeep.localcloud.template.Template;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Everything in a template that a fault can happen to. */
public record FaultTargets(Template template, Permissions permissions) {

  /** Refuses a fault that can never happen: a name is unknown, or its targets never meet. */
  void require(Fault fault) {
    for (String target : fault.targets()) {
      if (names().noneMatch(target::equals)) {
        throw bad(fault, target, "there is no function, table, queue or operation of that name");
      }
    }
    if (points(fault.kind()).noneMatch(names -> names.containsAll(fault.targets()))) {
      throw bad(
          fault,
          fault.targets().stream().sorted().collect(Collectors.joining("@")),
          "it can never happen there");
    }
  }

  private static BadFaultException bad(Fault fault, String targets, String problem) {
    return new BadFaultException("\"%s@%s\": %s".formatted(fault.kind().text(), targets, problem));
  }

  private Stream<String> names() {
    return Stream.of(
            template.functions().stream().map(FunctionSpec::id),
            template.tables().stream().map(TableSpec::id),
            template.queues().stream().map(QueueSpec::id),
            Action.ALL.stream().map(Action::text))
        .flatMap(all -> all);
  }

  /** The names at each point where a kind can happen, in any function. */
  private Stream<Set<String>> points(FaultKind kind) {
    return template.functions().stream()
        .flatMap(
            function ->
                switch (kind.place()) {
                  case FUNCTION -> Stream.of(Set.of(function.id()));
                  case STREAM -> source(function, SourceSpec.Stream.class);
                  case STREAM_OR_QUEUE ->
                      Stream.concat(
                          source(function, SourceSpec.Stream.class),
                          source(function, SourceSpec.Queue.class));
                  case CALL ->
                      kind.actions().stream().flatMap(action -> calls(function.id(), action));
                });
  }

  private static Stream<Set<String>> source(
      FunctionSpec function, Class<? extends SourceSpec> type) {
    return function.sources().stream().filter(type::isInstance).map(any -> Set.of(function.id()));
  }

  /** The names at the function's calls, as far as its role allows them. */
  private Stream<Set<String>> calls(String function, Action action) {
    Set<String> resources =
        action.isOfTables()
            ? template.tables().stream()
                .filter(table -> arns(table).anyMatch(arn -> allows(function, action, arn)))
                .map(TableSpec::id)
                .collect(Collectors.toSet())
            : template.queues().stream()
                .filter(queue -> allows(function, action, queue.arn()))
                .map(QueueSpec::id)
                .collect(Collectors.toSet());
    return (action.takesSeveral() ? Stream.of(resources) : resources.stream().map(Set::of))
        .filter(used -> !used.isEmpty())
        .map(
            used ->
                Stream.concat(used.stream(), Stream.of(function, action.text()))
                    .collect(Collectors.toSet()));
  }

  private boolean allows(String function, Action action, String arn) {
    return action.grants().anyMatch(grant -> permissions.allows(function, new Access(grant, arn)));
  }

  /** The ARNs of a table and its indexes. */
  private static Stream<String> arns(TableSpec table) {
    String arn = PhysicalNames.tableArn(table.id());
    return Stream.concat(
        Stream.of(arn),
        table.request().globalSecondaryIndexes().stream()
            .map(index -> arn + "/index/" + index.indexName()));
  }
}
