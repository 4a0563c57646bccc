package io.streamkeep.localcloud.iam;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Allows each of the actions on each of the resources. */
public final class Statement {
  private final List<String> actions;
  private final List<String> resources;
  private final List<Pattern> actionPatterns;
  private final List<Pattern> resourcePatterns;

  public Statement(List<String> actions, List<String> resources) {
    this.actions = List.copyOf(actions);
    this.resources = List.copyOf(resources);
    // IAM ignores the case of actions, and only of those
    this.actionPatterns =
        actions.stream().map(action -> pattern(action, Pattern.CASE_INSENSITIVE)).toList();
    this.resourcePatterns = resources.stream().map(resource -> pattern(resource, 0)).toList();
  }

  private static Pattern pattern(String wildcards, int flags) {
    String quoted = Pattern.quote(wildcards).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(quoted, flags);
  }

  boolean allows(Access access) {
    return actionPatterns.stream().anyMatch(action -> action.matcher(access.action()).matches())
        && resourcePatterns.stream()
            .anyMatch(resource -> resource.matcher(access.resource()).matches());
  }

  Stream<Access> grants() {
    return actions.stream()
        .flatMap(action -> resources.stream().map(resource -> new Access(action, resource)));
  }
}
