package io.streamkeep.testkit.contract;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.streamkeep.kernel.decider.EventCodec;
import io.streamkeep.kernel.store.RecordedEvent;
import io.streamkeep.kernel.store.UnreadableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * The contract of every stored format: all versions ever written are read, and a record changes
 * only with a new version. A format's test extends this, and has a folder with
 *
 * <ul>
 *   <li>a fixture of every type and version, {@code order.placed.v1.json}, kept permanently;
 *       further ones of the same version have a suffix, {@code order.placed.v1-guest.json};
 *   <li>the {@link RecordSchema} of each type's newest version, {@code order.placed.v1.shape}. A
 *       failing test shows the expected content.
 * </ul>
 *
 * @param <E> events, a sealed interface of records
 */
public abstract class StoredFormatContract<E> {

  /** The format under test. */
  protected abstract EventCodec<E> codec();

  /** The class of {@code E}. */
  protected abstract Class<E> events();

  /** The folder of the fixtures, such as {@code src/test/resources/stored}. */
  protected abstract Path folder();

  /** Every fixture's file name, with the event that it is read as. */
  protected abstract Map<String, E> fixtures();

  @Test
  void everyFixtureIsRead() throws IOException {
    for (Fixture<E> fixture : all()) {
      assertThat(codec().decode(fixture.stored()))
          .as("%s", fixture.file())
          .isEqualTo(fixture.event());
    }
  }

  @Test
  void newestVersionIsWrittenAsStored() throws IOException {
    for (Fixture<E> fixture : all()) {
      if (fixture.isOfTheNewestVersion()) {
        assertThat(fixture.written()).as("%s", fixture.file()).isEqualTo(fixture.stored());
      }
    }
  }

  @Test
  void everyEventHasAFixtureOfItsNewestVersion() throws IOException {
    assertThat(all().stream().filter(Fixture::isOfTheNewestVersion).map(Fixture::event))
        .extracting(Object::getClass)
        .containsAll(records(events()).toList());
  }

  @Test
  void everyVersionUpToTheNewestHasAFixture() throws IOException {
    Map<String, Set<Integer>> stored =
        all().stream()
            .map(Fixture::stored)
            .collect(groupingBy(RecordedEvent::type, mapping(RecordedEvent::version, toSet())));
    newest()
        .forEach(
            (type, version) ->
                assertThat(stored.getOrDefault(type, Set.of()))
                    .as("Versions of %s with a fixture", type)
                    .containsExactlyElementsOf(IntStream.rangeClosed(1, version).boxed().toList()));
  }

  @Test
  void folderHasOnlyKnownFiles() throws IOException {
    Set<String> known = new TreeSet<>(fixtures().keySet());
    newest().forEach((type, version) -> known.add(shapeFile(type, version)));
    try (Stream<Path> files = Files.list(folder())) {
      assertThat(files.filter(Files::isRegularFile).map(file -> file.getFileName().toString()))
          .as("The files in %s", folder())
          .containsExactlyInAnyOrderElementsOf(known);
    }
  }

  @Test
  void unknownTypeOrVersionIsUnreadable() {
    newest()
        .forEach(
            (type, version) -> {
              assertUnknown(new RecordedEvent(type, version + 1, "{}"));
              assertUnknown(new RecordedEvent(type, 0, "{}"));
              assertUnknown(new RecordedEvent(type + "-unknown", 1, "{}"));
            });
  }

  private void assertUnknown(RecordedEvent event) {
    assertThatThrownBy(() -> codec().decode(event))
        .as("%s v%d", event.type(), event.version())
        .isInstanceOf(UnreadableException.class);
  }

  @Test
  void recordChangesOnlyWithANewVersion() throws IOException {
    Map<String, Set<Class<?>>> records =
        fixtures().values().stream()
            .collect(
                groupingBy(
                    event -> codec().encode(event).type(), mapping(Object::getClass, toSet())));
    Map<String, Integer> newest = newest();
    SoftAssertions all = new SoftAssertions();
    for (Map.Entry<String, Set<Class<?>>> type : records.entrySet()) {
      String shape =
          type.getValue().stream()
              .sorted(Comparator.comparing(Class::getName))
              .map(RecordSchema::of)
              .collect(joining("\n"));
      assertShape(all, type.getKey(), newest.getOrDefault(type.getKey(), 0), shape);
    }
    all.assertAll();
  }

  private void assertShape(SoftAssertions all, String type, int version, String shape)
      throws IOException {
    String name = shapeFile(type, version);
    Path file = folder().resolve(name);
    if (!Files.exists(file)) {
      all.fail("%s is missing. Create it with this content:\n%s", name, shape);
      return;
    }
    all.assertThat(shape)
        .as(
            "A record of %1$s has changed, but events stored as v%2$d must stay readable.\n"
                + "It needs a new version: write v%3$d, an upcaster from v%2$d, a fixture"
                + " %1$s.v%3$d.json, and %4$s in place of %5$s",
            type, version, version + 1, shapeFile(type, version + 1), name)
        .isEqualToNormalizingNewlines(Files.readString(file).strip());
  }

  private static String shapeFile(String type, int version) {
    return type + ".v" + version + ".shape";
  }

  /** The version that is written of each type. */
  private Map<String, Integer> newest() {
    Map<String, Integer> newest = new TreeMap<>();
    for (E event : fixtures().values()) {
      RecordedEvent written = codec().encode(event);
      newest.put(written.type(), written.version());
    }
    return newest;
  }

  private static Stream<Class<?>> records(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StoredFormatContract::records)
        : Stream.of(type);
  }

  private List<Fixture<E>> all() throws IOException {
    List<Fixture<E>> all = new ArrayList<>();
    for (Map.Entry<String, E> fixture : fixtures().entrySet()) {
      Path file = folder().resolve(fixture.getKey());
      all.add(Fixture.read(file, fixture.getValue(), codec()));
    }
    return all;
  }
}
