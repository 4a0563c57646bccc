package io.streamkeep.localcloud.iam;

/**
 * An action on a resource, as performed, or as granted by a role.
 *
 * @param action such as dynamodb:PutItem; in a role * stands for any characters and ? for any one
 * @param resource an ARN, or * for an action without one; in a role with the same wildcards
 */
public record Access(String action, String resource) {

  /** The access as a template can grant it: the names of log streams are unknown there. */
  Access grantable() {
    return new Access(action, resource.replaceFirst(":log-stream:.*", ":*"));
  }

  /** True if the grant says exactly this, and does not merely include it. */
  boolean isExactly(Access grant) {
    return action.equalsIgnoreCase(grant.action) && resource.equals(grant.resource);
  }

  @Override
  public String toString() {
    return action + " on " + resource;
  }
}
