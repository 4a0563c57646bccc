package io.streamkeep.localcloud.iam;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The roles of all functions, and a record of used and refused accesses. */
public final class Permissions {
  private final Map<String, Principal> principals;
  private final Set<Used> used = ConcurrentHashMap.newKeySet();
  private final Set<Used> refused = ConcurrentHashMap.newKeySet();

  /**
   * An access by a function.
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

  /** The access key that a function signs with; endpoints identify the caller by it. */
  public static String accessKey(String function) {
    return "AKIA" + function;
  }

  /** The function with this access key; "" for any other caller, who is the administrator. */
  public String caller(String accessKey) {
    return principals.keySet().stream()
        .filter(function -> accessKey(function).equals(accessKey))
        .findFirst()
        .orElse("");
  }

  /** True if the function's role allows the access; does not record it as used. */
  public boolean allows(String function, Access access) {
    return principal(function).role().allows(access);
  }

  /** Requires accesses without which Lambda creates no function. */
  public void require(String function, String error, Access... accesses) {
    if (!Stream.of(accesses).allMatch(access -> allows(function, access))) {
      throw new RoleException(function + ": " + error);
    }
  }

  /** Uses accesses without which Lambda creates no mapping. */
  public void useAll(String function, String error, Access... accesses) {
    require(function, error, accesses);
    Stream.of(accesses).forEach(access -> use(function, access));
  }

  /** Records that the function uses the access; throws if its role does not allow it. */
  public void use(String function, Access access) {
    useAll(function, access.action(), List.of(access));
  }

  /**
   * Records that the function uses all accesses of an operation, or throws and records none.
   *
   * @param accesses empty for an unknown operation, which no role allows
   */
  public void useAll(String function, String operation, List<Access> accesses) {
    Optional<Access> denied =
        accesses.isEmpty()
            ? Optional.of(new Access(operation, "*"))
            : accesses.stream().filter(access -> !allows(function, access)).findFirst();
    if (denied.isPresent()) {
      refused.add(new Used(function, denied.get().grantable()));
      throw new AccessDeniedException(principal(function), denied.get());
    }
    accesses.forEach(access -> used.add(new Used(function, access.grantable())));
  }

  private Principal principal(String function) {
    return Objects.requireNonNull(principals.get(function), function);
  }

  /** The accesses that were refused. */
  public Set<Used> refused() {
    return Set.copyOf(refused);
  }

  /** The grants never used exactly as granted; a wider grant than needed is never used exactly. */
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
