package io.streamkeep.localcloud.iam;

/** Thrown when a function's role does not allow an access; worded as AWS does. */
public final class AccessDeniedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AccessDeniedException(Principal principal, Access access) {
    super(
        "User: %s is not authorized to perform: %s on resource: %s"
                .formatted(principal.arn(), access.action(), access.resource())
            + " because no identity-based policy allows the "
            + access.action()
            + " action");
  }
}
