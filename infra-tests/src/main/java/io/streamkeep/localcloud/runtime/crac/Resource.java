package io.streamkeep.localcloud.runtime.crac;

/** What has something to do before a snapshot, or after it was restored. */
public interface Resource {
  void beforeCheckpoint(Context<? extends Resource> context) throws Exception;

  void afterRestore(Context<? extends Resource> context) throws Exception;
}
