package io.streamkeep.localcloud.runtime.crac;

/** Where hooks register. */
public final class Core {
  private static final Context<Resource> GLOBAL = new Context<>();

  private Core() {}

  public static Context<Resource> getGlobalContext() {
    return GLOBAL;
  }

  /** Nobody but Lambda takes a snapshot; org.crac only looks whether the method is there. */
  @SuppressWarnings("DoNotCallSuggester")
  public static void checkpointRestore() throws CheckpointException, RestoreException {
    throw new UnsupportedOperationException();
  }
}
