package io.streamkeep.localcloud.iam;

/** A role lacks what Lambda asks of it before it makes a function or a mapping. */
public final class RoleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public RoleException(String function, String what) {
    super(function + ": " + what);
  }
}
