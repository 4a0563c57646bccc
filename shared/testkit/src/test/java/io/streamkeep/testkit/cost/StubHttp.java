package io.streamkeep.testkit.cost;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;

/** Returns prepared answers in order, in the service's protocol. */
final class StubHttp implements SdkHttpClient {

  private final Queue<Answer> answers;

  StubHttp(Answer... answers) {
    this.answers = new ArrayDeque<>(Arrays.asList(answers));
  }

  /** A response; one without a status is a broken connection. */
  record Answer(int status, String body) {

    static final Answer BROKEN = new Answer(0, "");

    static Answer error(int status, String type, String more) {
      return new Answer(
          status, "{\"__type\": \"com.amazonaws.dynamodb.v20120810#%s\"%s}".formatted(type, more));
    }
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Answer answer = answers.remove();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        if (answer.equals(Answer.BROKEN)) {
          throw new IOException("cut");
        }
        return HttpExecuteResponse.builder()
            .response(SdkHttpResponse.builder().statusCode(answer.status()).build())
            .responseBody(
                AbortableInputStream.create(
                    new ByteArrayInputStream(answer.body().getBytes(UTF_8))))
            .build();
      }

      @Override
      public void abort() {}
    };
  }

  @Override
  public void close() {}
}
