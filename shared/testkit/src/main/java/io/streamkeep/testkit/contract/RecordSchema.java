package io.streamkeep.testkit.contract;

import static java.util.stream.Collectors.joining;

import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The schema of a record as text: names and types of its components, with {@code ?} for those that
 * may be null, followed by the schemas of the records, enums and sealed interfaces among them.
 * Throws {@link AssertionError} for types that can hide a change: other classes, type variables.
 */
final class RecordSchema {

  private final Map<Class<?>, String> parts = new LinkedHashMap<>();

  private RecordSchema() {}

  static String of(Class<?> type) {
    RecordSchema schema = new RecordSchema();
    schema.add(type);
    return String.join("\n", schema.parts.values());
  }

  private void add(Class<?> type) {
    if (parts.putIfAbsent(type, "") == null) { // or a record that contains itself would never end
      parts.put(type, describe(type));
    }
  }

  private String describe(Class<?> type) {
    if (type.isRecord()) {
      return part(
          "record",
          type,
          type.getRecordComponents(),
          c -> c.getName() + ": " + name(c.getAnnotatedType()));
    }
    if (type.isEnum()) {
      return part("enum", type, type.getEnumConstants(), constant -> ((Enum<?>) constant).name());
    }
    if (type.isSealed()) {
      return part("sealed", type, type.getPermittedSubclasses(), this::name);
    }
    throw new AssertionError(
        type + " can hide a change: use a record, an enum or a sealed interface");
  }

  private static <T> String part(
      String kind, Class<?> type, T[] members, Function<T, String> describe) {
    return Stream.concat(
            Stream.of(kind + " " + type.getSimpleName()),
            Arrays.stream(members).map(member -> "  " + describe.apply(member)))
        .collect(joining("\n"));
  }

  private String name(AnnotatedType type) {
    boolean nullable =
        Arrays.stream(type.getAnnotations())
            .anyMatch(a -> a.annotationType().getSimpleName().equals("Nullable"));
    return bareName(type) + (nullable ? "?" : "");
  }

  private String bareName(AnnotatedType type) {
    return switch (type) {
      case AnnotatedParameterizedType generic ->
          name((Class<?>) ((ParameterizedType) generic.getType()).getRawType())
              + Arrays.stream(generic.getAnnotatedActualTypeArguments())
                  .map(this::name)
                  .collect(joining(", ", "<", ">"));
      default -> {
        if (type.getType() instanceof Class<?> plain) {
          yield name(plain);
        }
        throw new AssertionError(type + " can hide a change: use a plain type");
      }
    };
  }

  private String name(Class<?> type) {
    if (type.isPrimitive() || type.getName().startsWith("java.")) {
      return type.getName();
    }
    add(type);
    return type.getSimpleName();
  }
}
