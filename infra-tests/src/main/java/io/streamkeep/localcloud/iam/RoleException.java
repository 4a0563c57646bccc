package io.streamkeep.localcloud.iam;

/** Thrown when a role lacks a permission without which Lambda creates no function or mapping. */
public final class RoleException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RoleException(String message) {
    super(message);
  }
}
