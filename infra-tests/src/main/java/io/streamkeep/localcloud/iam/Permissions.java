package io.streamkeep.localcloud.iam;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The roles of all functions, and what was done with them: used, or tried and refused. */
public final class Permissions {
  private final Map<String, Principal> principals;
  private final Set<Used> used = ConcurrentHashMap.newKeySet();
  private final Set<Used> refused = ConcurrentHashMap.newKeySet();

  /**
   * Something that a function may do, did or tried.
   *
   * @param function the function's logical id
   */
  public record Used(String function, Access access) {
    @Override
    public String toString() {
      return function + ": " + access;
    }
  }

  public Permissions(Collection<Principal> principals) {
    this.principals =
        principals.stream().collect(Collectors.toMap(Principal::function, Function.identity()));
  }

  /** Whether there is such a function; anyone else is the account's administrator. */
  public boolean restricts(String function) {
    return principals.containsKey(function);
  }

  /** Whether the function's role allows it; asking is not using. */
  public boolean allows(String function, Access access) {
    return principal(function).role().allows(access);
  }

  /** Notes that the function does this, or throws because its role does not allow it. */
  public void use(String function, Access access) {
    if (!allows(function, access)) {
      throw refuse(function, access);
    }
    used.add(new Used(function, access.grantable()));
  }

  /** What to throw at a function that tries what it may not. */
  public AccessDeniedException refuse(String function, Access access) {
    refused.add(new Used(function, access.grantable()));
    return new AccessDeniedException(principal(function), access);
  }

  private Principal principal(String function) {
    return Objects.requireNonNull(principals.get(function), function);
  }

  /** What was tried and refused. */
  public Set<Used> refused() {
    return Set.copyOf(refused);
  }

  /** What was granted and never used as granted: to a wider grant, any use is something else. */
  public List<Used> unused() {
    return principals.values().stream()
        .flatMap(
            principal ->
                principal.role().grants().map(grant -> new Used(principal.function(), grant)))
        .filter(grant -> used.stream().noneMatch(use -> isExactly(use, grant)))
        .toList();
  }

  private static boolean isExactly(Used use, Used grant) {
    return use.function().equals(grant.function()) && use.access().isExactly(grant.access());
  }
}
