package io.streamkeep.localcloud.template;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * EventBridge's rate expressions: {@code rate(1 minute)}, {@code rate(5 minutes)}.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html">
 *     Rate expressions</a>
 */
final class Rate {
  private static final Pattern FORM =
      Pattern.compile("rate\\((1 (minute|hour|day)|([2-9]|[1-9][0-9]{1,5}) (minute|hour|day)s)\\)");

  private Rate() {}

  static Duration read(Value expression) {
    Matcher matcher = FORM.matcher(expression.text());
    if (!matcher.matches()) {
      throw expression.refuse(expression.text() + " is not supported, only rate(…)");
    }
    return matcher.group(2) != null
        ? Duration.of(1, unit(matcher.group(2)))
        : Duration.of(Long.parseLong(matcher.group(3)), unit(matcher.group(4)));
  }

  private static ChronoUnit unit(String name) {
    return switch (name) {
      case "minute" -> ChronoUnit.MINUTES;
      case "hour" -> ChronoUnit.HOURS;
      default -> ChronoUnit.DAYS;
    };
  }
}
