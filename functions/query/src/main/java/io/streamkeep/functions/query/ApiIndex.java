package io.streamkeep.functions.query;

import io.streamkeep.aws.http.HttpRequest;
import io.streamkeep.aws.http.HttpResponse;
import io.streamkeep.aws.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;

/**
 * The index of the API: name, version and links. Health is a path of the API; API document and docs
 * are files in the repository of this version.
 */
final class ApiIndex {

  static final String ROUTE = "GET /";

  private static final String VERSION = version();

  private ApiIndex() {}

  static HttpResponse get(HttpRequest request) {
    return HttpResponse.json(
        200,
        Json.object()
            .add("name", "Streamkeep")
            .add("version", VERSION)
            .add(
                "links",
                Json.object()
                    .add("health", request.path() + "/operations/lag")
                    .add("api", "functions/api.yaml")
                    .add("docs", "shared/docs"))
            .build()
            .toString());
  }

  private static String version() {
    Properties build = new Properties();
    try (InputStream file = ApiIndex.class.getResourceAsStream("build.properties")) {
      build.load(Objects.requireNonNull(file, "build.properties"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return build.getProperty("version");
  }
}
