package io.streamkeep.localcloud.iam;

/**
 * Something that is done to a resource, or that a role lets a function do.
 *
 * @param action such as dynamodb:PutItem; in a role * and ? may stand for any characters or any one
 * @param resource an ARN, or * where an action has none; in a role with the same wildcards
 */
public record Access(String action, String resource) {

  /** As a template can grant it, which can't know the names of log streams. */
  Access grantable() {
    return new Access(action, resource.replaceFirst(":log-stream:.*", ":*"));
  }

  /** Whether it is what the grant says, word for word, and not just one thing of many. */
  boolean isExactly(Access grant) {
    return action.equalsIgnoreCase(grant.action) && resource.equals(grant.resource);
  }

  @Override
  public String toString() {
    return action + " on " + resource;
  }
}
