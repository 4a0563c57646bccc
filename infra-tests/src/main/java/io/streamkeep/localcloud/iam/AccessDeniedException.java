package io.streamkeep.localcloud.iam;

/** A function's role does not allow what it tried; worded as AWS does. */
public final class AccessDeniedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccessDeniedException(Principal principal, Access access) {
    super(
        String.format(
            "User: %s is not authorized to perform: %s on resource: %s"
                + " because no identity-based policy allows the %s action",
            principal.arn(), access.action(), access.resource(), access.action()));
  }
}
