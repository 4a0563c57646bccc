package io.streamkeep.localcloud.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** An HTTP server on 127.0.0.1 and on no other interface. */
public final class Loopback implements AutoCloseable {
  public static final String HOST = "127.0.0.1";

  private final Server server;
  private final ServerConnector connector;

  private Loopback(Handler handler, int port, @Nullable Executor virtualThreads)
      throws IOException {
    QueuedThreadPool pool = new QueuedThreadPool();
    pool.setDaemon(true);
    pool.setVirtualThreadsExecutor(virtualThreads);
    server = new Server(pool);
    server.setHandler(handler);
    server.setStopTimeout(0);
    HttpConfiguration config = new HttpConfiguration();
    config.setSendServerVersion(false);
    config.setRequestHeaderSize(64 * 1024);
    config.setHeaderCacheCaseSensitive(true);
    // paths are passed on as they are: the handler interprets them
    config.setUriCompliance(UriCompliance.UNSAFE);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(config));
    connector.setHost(HOST);
    connector.setPort(port);
    connector.setAcceptQueueSize(1024);
    connector.setIdleTimeout(0);
    connector.setReuseAddress(true);
    server.addConnector(connector);
    try {
      server.start();
    } catch (Exception e) { // declared by Jetty's life cycle
      close();
      throw e instanceof IOException io ? io : new IOException(e);
    }
  }

  /** A server for handlers that wait: one virtual thread a request. */
  public static Loopback waiting(Handler handler, int port) throws IOException {
    return new Loopback(handler, port, VirtualThreads.getDefaultVirtualThreadsExecutor());
  }

  /** A server for handlers that compute, or that hold locks while they wait. */
  public static Loopback computing(Handler handler) throws IOException {
    return new Loopback(handler, 0, null);
  }

  /** Throws a BindException if the port is in use. */
  public static void requireFree(int port) throws IOException {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
    }
  }

  /** Without a slash at the end. */
  public URI url() {
    return URI.create("http://" + HOST + ":" + connector.getLocalPort());
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) { // declared by Jetty's life cycle
      throw new IllegalStateException(e);
    }
  }
}
