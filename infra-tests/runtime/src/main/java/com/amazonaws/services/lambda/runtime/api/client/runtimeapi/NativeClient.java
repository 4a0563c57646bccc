package com.amazonaws.services.lambda.runtime.api.client.runtimeapi;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.api.client.runtimeapi.dto.InvocationRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;

/**
 * Replaces the native part of AWS's runtime client, which exists only for Linux, with Java. The
 * local cloud puts this class before the client in the class path of its execution environments. It
 * also sets how far the clock is ahead, and ends the process together with the local cloud.
 */
public final class NativeClient {
  /** The header and the system property with the milliseconds that the clock is ahead. */
  public static final String CLOCK_JUMP = "Streamkeep-Clock-Jump";

  private static String invocations = "";

  private NativeClient() {}

  static void init(String api) {
    invocations = "http://" + api + "/2018-06-01/runtime/invocation/";
    Thread.ofPlatform().daemon().start(NativeClient::exitWithParent);
  }

  /** The local cloud never writes to this process: its input ends when the local cloud ends. */
  private static void exitWithParent() {
    try {
      int unused = System.in.read();
    } catch (IOException e) {
      // the parent is gone as well
    }
    Runtime.getRuntime().halt(1);
  }

  static InvocationRequest next() {
    try {
      HttpURLConnection connection = open("next");
      try (InputStream event = connection.getInputStream()) {
        InvocationRequest request = new InvocationRequest();
        request.setContent(event.readAllBytes());
        request.setId(connection.getHeaderField("Lambda-Runtime-Aws-Request-Id"));
        request.setXrayTraceId(connection.getHeaderField("Lambda-Runtime-Trace-Id"));
        request.setInvokedFunctionArn(
            connection.getHeaderField("Lambda-Runtime-Invoked-Function-Arn"));
        String jump = connection.getHeaderField(CLOCK_JUMP);
        System.setProperty(CLOCK_JUMP, jump);
        // the client derives the remaining time from System.currentTimeMillis, which does not jump
        String deadline = connection.getHeaderField("Lambda-Runtime-Deadline-Ms");
        request.setDeadlineTimeInMs(Long.parseLong(deadline) - Long.parseLong(jump));
        return request;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void postInvocationResponse(byte[] requestId, byte[] response) {
    try {
      HttpURLConnection connection = open(new String(requestId, UTF_8) + "/response");
      connection.setDoOutput(true);
      connection.setFixedLengthStreamingMode(response.length);
      try (OutputStream body = connection.getOutputStream()) {
        body.write(response);
      }
      boolean refused = connection.getResponseCode() >= 400;
      try (InputStream answer =
          refused ? connection.getErrorStream() : connection.getInputStream()) {
        answer.readAllBytes();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static HttpURLConnection open(String path) throws IOException {
    return (HttpURLConnection) URI.create(invocations + path).toURL().openConnection();
  }
}
