package io.streamkeep.aws.http;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A commit as an entity tag, {@code "3"}, and the preconditions that name such tags: {@code
 * If-Match}, which compares strongly, and {@code If-None-Match}, which compares weakly. Several
 * lines of either header are one list; a list that cannot be read is a bad request.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#section-13">RFC 9110, Conditional
 *     Requests</a>
 */
public final class ETag {

  private static final String IF_MATCH = "If-Match";
  private static final String IF_NONE_MATCH = "If-None-Match";

  /** One element of a list, after empty ones; up to the next comma or the end. */
  private static final Pattern ELEMENT =
      Pattern.compile("\\G[ \t,]*(?<weak>W/)?(?<tag>\"[!#-~\\x80-\\uFFFF]*\")[ \t]*(?=,|$)");

  private static final Pattern END_OF_LIST = Pattern.compile("[ \t,]*");

  private ETag() {}

  public static String of(long commit) {
    return "\"" + commit + "\"";
  }

  /** The preconditions of a command on the newest commit (0 = none); always true without any. */
  public static LongPredicate precondition(HttpRequest request) {
    return ifMatch(request).and(ifNoneMatch(request));
  }

  /**
   * The response to a GET of what reflects a commit: with its tag, and without a body if the client
   * has it.
   */
  public static HttpResponse respond(
      HttpRequest request, long commit, Supplier<HttpResponse> response) {
    if (!ifMatch(request).test(commit)) {
      throw Problem.preconditionFailed(commit).exception();
    }
    return ifNoneMatch(request).test(commit)
        ? response.get().with("ETag", of(commit))
        : HttpResponse.notModified(of(commit));
  }

  private static LongPredicate ifMatch(HttpRequest request) {
    return request.headers(IF_MATCH).isEmpty()
        ? commit -> true
        : matcher(request, IF_MATCH, tag -> !tag.weak());
  }

  private static LongPredicate ifNoneMatch(HttpRequest request) {
    return request.headers(IF_NONE_MATCH).isEmpty()
        ? commit -> true
        : matcher(request, IF_NONE_MATCH, tag -> true).negate();
  }

  private record Tag(boolean weak, String opaque) {}

  private static LongPredicate matcher(
      HttpRequest request, String header, Predicate<Tag> comparable) {
    String list = String.join(",", request.headers(header));
    if (list.strip().equals("*")) {
      return commit -> commit > 0;
    }
    List<String> tags = tags(header, list).stream().filter(comparable).map(Tag::opaque).toList();
    return commit -> commit > 0 && tags.contains(of(commit));
  }

  private static List<Tag> tags(String header, String list) {
    List<Tag> tags = new ArrayList<>();
    Matcher element = ELEMENT.matcher(list);
    int end = 0;
    while (element.find()) {
      tags.add(new Tag(element.group("weak") != null, element.group("tag")));
      end = element.end();
    }
    if (tags.isEmpty() || !END_OF_LIST.matcher(list.substring(end)).matches()) {
      throw Problem.badParameter(header, "must be * or a list of ETags in double quotes")
          .exception();
    }
    return tags;
  }
}
