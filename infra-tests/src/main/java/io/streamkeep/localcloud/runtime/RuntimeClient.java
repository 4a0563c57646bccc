package io.streamkeep.localcloud.runtime;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The Runtime API, version 2018-06-01, as a function's process sees it. */
final class RuntimeClient {
  private final String base;

  RuntimeClient(String api) {
    this.base = "http://" + api + "/2018-06-01/runtime/";
  }

  Invocation next() throws IOException {
    HttpURLConnection connection = open("invocation/next");
    try (InputStream event = connection.getInputStream()) {
      String trace = connection.getHeaderField("Lambda-Runtime-Trace-Id");
      System.setProperty("com.amazonaws.xray.traceHeader", trace == null ? "" : trace);
      System.setProperty(RuntimeLoop.CLOCK_JUMP, header(connection, RuntimeLoop.CLOCK_JUMP));
      return new Invocation(
          header(connection, "Lambda-Runtime-Aws-Request-Id"),
          header(connection, "Lambda-Runtime-Invoked-Function-Arn"),
          Long.parseLong(header(connection, "Lambda-Runtime-Deadline-Ms")),
          new ByteArrayInputStream(event.readAllBytes()));
    }
  }

  /** Returns when the environment has been restored from its snapshot. */
  void restored() throws IOException {
    try (InputStream answer = open("restore/next").getInputStream()) {
      answer.readAllBytes();
    }
  }

  void response(String requestId, byte[] response) throws IOException {
    post("invocation/" + requestId + "/response", response, null);
  }

  void error(String requestId, Throwable error) throws IOException {
    post("invocation/" + requestId + "/error", json(error), error);
  }

  void initError(Throwable error) throws IOException {
    post("init/error", json(error), error);
  }

  void restoreError(Throwable error) throws IOException {
    post("restore/error", json(error), error);
  }

  private void post(String path, byte[] body, @Nullable Throwable error) throws IOException {
    HttpURLConnection connection = open(path);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(body.length);
    connection.setRequestProperty("Content-Type", "application/json");
    if (error != null) {
      connection.setRequestProperty(
          "Lambda-Runtime-Function-Error-Type", error.getClass().getName());
    }
    try (OutputStream out = connection.getOutputStream()) {
      out.write(body);
    }
    boolean refused = connection.getResponseCode() >= 400;
    try (InputStream answer = refused ? connection.getErrorStream() : connection.getInputStream()) {
      answer.readAllBytes();
    }
  }

  private HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) URI.create(base + path).toURL().openConnection();
  }

  private static String header(HttpURLConnection connection, String name) throws IOException {
    String value = connection.getHeaderField(name);
    if (value == null) {
      throw new IOException("the Runtime API's answer has no " + name);
    }
    return value;
  }

  private static byte[] json(Throwable error) {
    StringBuilder json = new StringBuilder("{\"errorMessage\":");
    quote(json, String.valueOf(error.getMessage()));
    quote(json.append(",\"errorType\":"), error.getClass().getName());
    json.append(",\"stackTrace\":[");
    String comma = "";
    for (StackTraceElement frame : error.getStackTrace()) {
      quote(json.append(comma), frame.toString());
      comma = ",";
    }
    return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void quote(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        json.append(String.format("\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
