package io.streamkeep.domain.json;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object, one call for each, and collects every error; a field that was
 * never asked for is one. After an error a call returns a placeholder so that reading continues;
 * the result is then discarded.
 */
public final class ObjectReader {

  /** More errors than this don't help to fix a body. */
  static final int MAX_ERRORS = 100;

  private final JsonObject object;
  private final String pointer;
  private final List<FieldError> errors;
  private final Set<String> asked = new HashSet<>();

  private ObjectReader(JsonObject object, String pointer, List<FieldError> errors) {
    this.object = object;
    this.pointer = pointer;
    this.errors = errors;
  }

  /** Reads an object completely. */
  public static <T> ReadResult<T> read(JsonObject object, Function<ObjectReader, T> reader) {
    List<FieldError> errors = new ArrayList<>();
    T value = new ObjectReader(object, "", errors).all(reader);
    return errors.isEmpty() ? new ReadResult.Valid<>(value) : new ReadResult.Invalid<>(errors);
  }

  /** Reads a parsed JSON text completely. */
  public static <T> ReadResult<T> read(
      ReadResult<JsonObject> object, Function<ObjectReader, T> reader) {
    return switch (object) {
      case ReadResult.Valid<JsonObject>(JsonObject valid) -> read(valid, reader);
      case ReadResult.Invalid<JsonObject>(List<FieldError> invalid) ->
          new ReadResult.Invalid<>(invalid);
    };
  }

  /** A string of {@code min} to {@code max} characters (code points). */
  public String text(String name, int min, int max) {
    return required(name) ? textOf(name, min, max) : "";
  }

  /** Such a string, or null if the field is absent; a JSON null is an error. */
  public @Nullable String optionalText(String name, int min, int max) {
    return has(name) ? textOf(name, min, max) : null;
  }

  /** A string that matches a pattern completely; {@code meaning} describes it in an error. */
  public String text(String name, Pattern pattern, String meaning) {
    return required(name) ? textOf(name, pattern, meaning) : "";
  }

  /** A string that is valid; {@code meaning} describes it in an error. */
  public String text(String name, Predicate<String> valid, String meaning) {
    return required(name) ? textOf(name, valid, meaning) : "";
  }

  /** Such a string, or null if the field is absent; a JSON null is an error. */
  public @Nullable String optionalText(String name, Pattern pattern, String meaning) {
    return has(name) ? textOf(name, pattern, meaning) : null;
  }

  /** Such a string, or null if the field is absent or a JSON null. */
  public @Nullable String nullableText(String name, Pattern pattern, String meaning) {
    return has(name) && object.get(name) != JsonValue.NULL ? textOf(name, pattern, meaning) : null;
  }

  /** A whole number from {@code min} to {@code max}; 1.0 counts as one. */
  public long integer(String name, long min, long max) {
    if (!required(name)) {
      return min;
    }
    try {
      if (object.get(name) instanceof JsonNumber number) {
        long value = number.longValueExact();
        if (value >= min && value <= max) {
          return value;
        }
      }
    } catch (ArithmeticException | UnsupportedOperationException e) {
      // a fraction, or too many digits: not a whole number in any range
    }
    error(name, "must be a whole number from " + min + " to " + max);
    return min;
  }

  /** A time in ISO 8601 with a zone of Z. */
  public Instant instant(String name) {
    if (!required(name)) {
      return Instant.EPOCH;
    }
    try {
      return Instant.parse(textOf(name, 1, 40));
    } catch (DateTimeException e) {
      error(name, "must be a time such as 2026-03-01T10:15:30Z");
      return Instant.EPOCH;
    }
  }

  /** An array of {@code min} to {@code max} objects. */
  public <T> List<T> list(String name, int min, int max, Function<ObjectReader, T> reader) {
    if (!required(name)) {
      return List.of();
    }
    if (!(object.get(name) instanceof JsonArray array)
        || array.size() < min
        || array.size() > max) {
      error(name, "must be an array of " + min + " to " + max + " objects");
      return List.of();
    }
    List<T> values = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      String item = pointerTo(name) + "/" + i;
      if (array.get(i) instanceof JsonObject child) {
        values.add(new ObjectReader(child, item, errors).all(reader));
      } else {
        report(item, "must be an object");
      }
    }
    return values;
  }

  private <T> T all(Function<ObjectReader, T> reader) {
    T value = reader.apply(this);
    for (String name : object.keySet()) {
      if (!asked.contains(name)) {
        error(name, "is not a known field");
      }
    }
    return value;
  }

  private boolean has(String name) {
    asked.add(name);
    return object.containsKey(name);
  }

  private boolean required(String name) {
    boolean present = has(name);
    if (!present) {
      error(name, "is required");
    }
    return present;
  }

  private String textOf(String name, Pattern pattern, String meaning) {
    return textOf(name, (String text) -> pattern.matcher(text).matches(), meaning);
  }

  private String textOf(String name, Predicate<String> valid, String meaning) {
    JsonValue value = object.get(name);
    if (value instanceof JsonString string && valid.test(string.getString())) {
      return string.getString();
    }
    error(name, "must be " + meaning);
    return "";
  }

  private String textOf(String name, int min, int max) {
    if (!(object.get(name) instanceof JsonString string)) {
      error(name, "must be a string");
      return "";
    }
    String text = string.getString();
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      error(name, "must have " + min + " to " + max + " characters");
    } else if (text.codePoints().anyMatch(ObjectReader::isRefused)) {
      error(name, "must not contain U+FFFE, U+FFFF or half of a surrogate pair");
    }
    return text;
  }

  /** True for what a text in UTF-8, or in a message of SQS, can't contain. */
  private static boolean isRefused(int codePoint) {
    return Character.getType(codePoint) == Character.SURROGATE
        || codePoint == 0xFFFE
        || codePoint == 0xFFFF;
  }

  private void error(String name, String detail) {
    report(pointerTo(name), detail);
  }

  private void report(String at, String detail) {
    if (errors.size() < MAX_ERRORS) {
      errors.add(new FieldError(at, detail));
    }
  }

  private String pointerTo(String name) {
    return pointer + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
