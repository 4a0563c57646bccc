package io.streamkeep.localcloud.runtime;

import io.streamkeep.localcloud.runtime.crac.Core;


import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;

/** Takes events from the Runtime API and gives them to a function's handler, until it is ended. */
public final class RuntimeLoop {
  /** The header with the milliseconds by which this clock is to be fast, and their property. */
  public static final String CLOCK_JUMP = "Streamkeep-Clock-Jump";

  private final RuntimeClient client;
  private final RequestStreamHandler handler;
  private final Map<String, String> environment;

  private RuntimeLoop(
      RuntimeClient client, RequestStreamHandler handler, Map<String, String> environment) {
    this.client = client;
    this.handler = handler;
    this.environment = environment;
  }

  public static void main(String[] args) throws IOException {
    Map<String, String> environment = System.getenv();
    dieWithParent();
    RuntimeClient client =
        new RuntimeClient(environment.getOrDefault("AWS_LAMBDA_RUNTIME_API", ""));
    boolean snapStart = "snap-start".equals(environment.get("AWS_LAMBDA_INITIALIZATION_TYPE"));
    RequestStreamHandler handler;
    try {
      handler = handler(environment.getOrDefault("_HANDLER", ""));
      if (snapStart) {
        Core.getGlobalContext().beforeCheckpoint();
      }
    } catch (Throwable e) { // whatever a function's class may throw while it is loaded
      e.printStackTrace();
      client.initError(e);
      System.exit(1);
      return;
    }
    if (snapStart) {
      restore(client);
    }
    RuntimeLoop loop = new RuntimeLoop(client, handler, environment);
    while (true) {
      loop.serve(client.next());
    }
  }

  private static void restore(RuntimeClient client) throws IOException {
    client.restored();
    try {
      Core.getGlobalContext().afterRestore();
    } catch (Exception e) { // whatever a hook may throw
      e.printStackTrace();
      client.restoreError(e);
      System.exit(1);
    }
  }

  private void serve(Invocation invocation) throws IOException {
    ByteArrayOutputStream response = new ByteArrayOutputStream();
    try {
      handler.handleRequest(
          invocation.event(), response, new InvocationContext(invocation, environment));
    } catch (Exception | StackOverflowError e) {
      e.printStackTrace();
      client.error(invocation.requestId(), e);
      return;
    } catch (Throwable e) { // a VM that is short of memory is not used again
      e.printStackTrace();
      client.error(invocation.requestId(), e);
      System.exit(1);
    }
    client.response(invocation.requestId(), response.toByteArray());
  }

  private static RequestStreamHandler handler(String name) throws Throwable {
    int method = name.indexOf("::");
    if (method >= 0 && !name.substring(method).equals("::handleRequest")) {
      throw new IllegalArgumentException("handler " + name + ": only handleRequest is supported");
    }
    Object handler;
    try {
      handler =
          Class.forName(method < 0 ? name : name.substring(0, method))
              .getDeclaredConstructor()
              .newInstance();
    } catch (InvocationTargetException e) {
      throw e.getTargetException();
    }
    if (handler instanceof RequestStreamHandler streamHandler) {
      return streamHandler;
    }
    throw new IllegalArgumentException(
        "handler " + name + ": the local cloud runs a RequestStreamHandler only");
  }

  /**
   * The local cloud never writes to this process: its input ends when the local cloud has ended.
   */
  private static void dieWithParent() {
    Thread watch =
        new Thread(
            () -> {
              try {
                int ignored = System.in.read();
              } catch (IOException e) {
                // the same: there is no one left
              }
              Runtime.getRuntime().halt(1);
            },
            "watch");
    watch.setDaemon(true);
    watch.start();
  }
}
