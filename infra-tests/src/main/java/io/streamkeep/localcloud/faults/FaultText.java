package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Faults as they are written on the command line, separated by commas: KIND[@TARGET…]=RATE, where a
 * rate is a chance (0.05) or each n-th (1/20), followed by any of :by=TIME, :from=TIME, :to=TIME
 * (500ms, 20s, 5m, 1h) and :max=TIMES. One of them may be seed=NUMBER.
 *
 * @param seed 0 if not given
 */
record FaultText(long seed, List<Fault> faults) {
  static final Duration ALWAYS = Duration.ofSeconds(Long.MAX_VALUE);

  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern NTH = Pattern.compile("1/([1-9][0-9]{0,8})");
  private static final Pattern CHANCE = Pattern.compile("0|1|0?\\.[0-9]{1,9}");
  private static final Pattern TIMES = Pattern.compile("[0-9]{1,18}");

  static FaultText parse(String text) {
    long seed = 0;
    List<Fault> faults = new ArrayList<>();
    for (String each : text.split(",", -1)) {
      String part = each.strip();
      if (part.startsWith("seed=")) {
        seed = seed(part, part.substring("seed=".length()));
      } else {
        faults.add(fault(part));
      }
    }
    return new FaultText(seed, List.copyOf(faults));
  }

  private static Fault fault(String part) {
    List<String> settings = List.of(part.split(":", -1));
    String[] sides = settings.getFirst().split("=", 2);
    List<String> names = List.of(sides[0].split("@", -1));
    FaultKind kind =
        FaultKind.of(names.getFirst())
            .orElseThrow(() -> bad(part, "begins with none of " + FaultKind.names() + ", seed"));
    if (sides.length < 2) {
      throw bad(part, "has no rate: write " + sides[0] + "=0.01, or =1/100");
    }
    Matcher nth = NTH.matcher(sides[1]);
    boolean every = nth.matches();
    if (!every && !CHANCE.matcher(sides[1]).matches()) {
      throw bad(part, sides[1] + " is neither a chance from 0 to 1 nor 1/n");
    }
    Duration by = kind.usual();
    Duration from = Duration.ZERO;
    Duration to = ALWAYS;
    long max = Long.MAX_VALUE;
    for (String setting : settings.subList(1, settings.size())) {
      String[] pair = setting.split("=", 2);
      if (pair.length < 2) {
        throw bad(part, pair[0] + " has no value");
      }
      switch (pair[0]) {
        case "by" -> by = time(part, pair[1]);
        case "from" -> from = time(part, pair[1]);
        case "to" -> to = time(part, pair[1]);
        case "max" -> max = number(part, pair[1], TIMES);
        default -> throw bad(part, pair[0] + " is none of by, from, to, max");
      }
    }
    double chance = every ? 0 : Double.parseDouble(sides[1]);
    if ((!every && chance == 0) || max == 0 || from.compareTo(to) >= 0) {
      throw bad(part, "it can never happen");
    }
    return new Fault(
        kind,
        Set.copyOf(names.subList(1, names.size())),
        chance,
        every ? Long.parseLong(nth.group(1)) : 0,
        by,
        from,
        to,
        max);
  }

  private static Duration time(String part, String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw bad(part, text + " is not a time such as 500ms, 20s, 5m, 1h");
    }
    long amount = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static long seed(String part, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw bad(part, text + " is not a number");
    }
  }

  private static long number(String part, String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw bad(part, text + " is not a number");
    }
    return Long.parseLong(text);
  }

  private static BadFaultException bad(String part, String reason) {
    return new BadFaultException("\"" + part + "\": " + reason);
  }
}
