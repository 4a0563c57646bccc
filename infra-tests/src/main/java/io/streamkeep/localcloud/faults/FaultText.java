package io.streamkeep.localcloud.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Faults as they are written on the command line, separated by commas: KIND[@TARGET…]=RATE, a rate
 * being a chance (0.05) or each n-th (1/20), and behind it :by=TIME, :from=TIME, :to=TIME (500ms,
 * 20s, 5m, 1h), :max=TIMES. One of them may be seed=NUMBER.
 *
 * @param seed 0 if not said
 */
record FaultText(long seed, List<Fault> faults) {
  private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");
  private static final Pattern NTH = Pattern.compile("1/([1-9][0-9]{0,8})");
  private static final Pattern CHANCE = Pattern.compile("0|1|0?\\.[0-9]{1,9}");
  private static final Pattern SEED = Pattern.compile("-?[0-9]{1,18}");
  private static final Pattern TIMES = Pattern.compile("[0-9]{1,18}");
  private static final String KINDS =
      Arrays.stream(FaultKind.values()).map(FaultKind::text).collect(Collectors.joining(", "));

  static FaultText parse(String text) {
    long seed = 0;
    List<Fault> faults = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      String trimmed = part.strip();
      if (trimmed.startsWith("seed=")) {
        seed = number(trimmed, trimmed.substring("seed=".length()), SEED);
      } else {
        faults.add(fault(trimmed));
      }
    }
    return new FaultText(seed, List.copyOf(faults));
  }

  private static Fault fault(String part) {
    String[] settings = part.split(":", -1);
    String[] sides = settings[0].split("=", 2);
    String[] names = sides[0].split("@", -1);
    FaultKind kind =
        FaultKind.of(names[0])
            .orElseThrow(() -> bad(part, "begins with none of " + KINDS + ", seed"));
    if (sides.length < 2) {
      throw bad(part, "says not how often: write " + sides[0] + "=0.01, or =1/100");
    }
    Fault fault = rated(part, kind, sides[1]);
    for (int i = 1; i < names.length; i++) {
      fault = fault.at(names[i]);
    }
    for (int i = 1; i < settings.length; i++) {
      fault = with(part, fault, settings[i].split("=", 2));
    }
    return fault;
  }

  private static Fault rated(String part, FaultKind kind, String rate) {
    Matcher nth = NTH.matcher(rate);
    if (nth.matches()) {
      return Fault.every(kind, Long.parseLong(nth.group(1)));
    }
    if (CHANCE.matcher(rate).matches()) {
      return Fault.of(kind, Double.parseDouble(rate));
    }
    throw bad(part, rate + " is neither a chance from 0 to 1 nor 1/n");
  }

  private static Fault with(String part, Fault fault, String[] setting) {
    if (setting.length < 2) {
      throw bad(part, setting[0] + " has no value");
    }
    return switch (setting[0]) {
      case "by" -> fault.by(time(part, setting[1]));
      case "from" -> fault.from(time(part, setting[1]));
      case "to" -> fault.to(time(part, setting[1]));
      case "max" -> fault.max(number(part, setting[1], TIMES));
      default -> throw bad(part, setting[0] + " is none of by, from, to, max");
    };
  }

  private static Duration time(String part, String text) {
    Matcher time = TIME.matcher(text);
    if (!time.matches()) {
      throw bad(part, text + " is no time such as 500ms, 20s, 5m, 1h");
    }
    long amount = Long.parseLong(time.group(1));
    return switch (time.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static long number(String part, String text, Pattern form) {
    if (!form.matcher(text).matches()) {
      throw bad(part, text + " is no number");
    }
    return Long.parseLong(text);
  }

  private static BadFaultException bad(String part, String reason) {
    return new BadFaultException("\"" + part + "\": " + reason);
  }
}
